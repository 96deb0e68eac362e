// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.session;

import dev.gatehouse.config.Secret;
import java.lang.management.ManagementFactory;

/**
 * Says how many bytes a session takes in the cache: the heap after a collection with many sessions cached, less the heap
 * before they were, by their number. Run it with {@code -Xmx1g -XX:+UseSerialGC}; the sessions themselves are in H2, in
 * memory, before and after. H2 hands out its own strings, which are counted before: with a database elsewhere add those
 * of the two IDs and the address, about 200 bytes.
 */
public final class Footprint {

    private static final int SESSIONS = 50_000;

    private Footprint() {}

    /** Measures three times. */
    public static void main(String[] args) {
        for (int round = 1; round <= 3; round++) {
            ManySessions sessions = ManySessions.signedIn(SESSIONS, () -> 0);
            look(sessions, 1_000); // what is loaded once, classes and statements, is loaded now
            long before = used();
            look(sessions, SESSIONS);
            long after = used();
            System.out.printf("%d bytes a session%n", (after - before) / (SESSIONS - 1_000));
        }
    }

    private static void look(ManySessions sessions, int count) {
        for (int i = 0; i < count; i++) {
            if (sessions.auth().session(Secret.of(sessions.token(i))).isEmpty()) {
                throw new IllegalStateException("footprint: a session was not found");
            }
        }
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
