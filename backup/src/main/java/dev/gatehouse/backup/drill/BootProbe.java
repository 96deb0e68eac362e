// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import dev.gatehouse.backup.source.RestoredDatabase;
import java.nio.file.Path;

/**
 * How the application itself examines a restored database: it is started on it, as it is in production, in a process of its
 * own, and used. It is asked twice a drill: on the restored database every step must succeed, and on an empty one some step
 * must fail, for a probe that cannot fail proves nothing. It may write, for the database is thrown away. Mail, payments and
 * every other effect on the outside must be switched off by whoever writes the probe.
 *
 * <p>{@link ChildJvm} starts a Java application so.
 */
@FunctionalInterface
public interface BootProbe {

    /**
     * Starts the application on {@code database}, and returns when it has started. {@code work} is an empty, private folder
     * that is removed afterwards. What it throws counts as failed, and so does no answer within the drill's time limit, after
     * which this is interrupted.
     */
    Application boot(RestoredDatabase database, Path work) throws Exception;

    /**
     * An application that was started. Each step says in a sentence what was seen, for the proof, or throws; each has the
     * drill's time limit.
     */
    interface Application extends AutoCloseable {

        /** Asks it whether it is ready to serve. */
        String ready() throws Exception;

        /** A journey that reads what was in the backup. */
        String read() throws Exception;

        /** A journey that writes, and reads what it wrote. */
        String write() throws Exception;

        /** Ends it and everything that it started; harmless when repeated. */
        @Override
        void close();
    }
}
