// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.contract.StoreOpener;
import dev.gatehouse.backup.store.BackupStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** A process that does one thing with a store and is dead at the call that it was told, as by {@code kill -9}. */
public final class KilledChild {

    private static final int KILLED = 137;

    private KilledChild() {}

    /** Lets a child die; whether it came to that, for not every call has an inside. */
    static boolean dies(FaultBench bench, Operation operation, int call, CallStore.Moment when) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledChild.class.getName(),
                bench.kind.opener().getName(),
                bench.address,
                bench.folder.toString(),
                bench.backup,
                bench.time.instant().toString(),
                operation.name(),
                String.valueOf(call),
                when.name()));
        Process child = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int exit = child.waitFor();
        if (exit != KILLED && exit != 0) {
            throw new AssertionError(operation + " at call " + call + " " + when + " ended with " + exit);
        }
        return exit == KILLED;
    }

    /** Arguments: the opener's class, the store's address, the folder, a backup, the time, what to do, the call, the moment. */
    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        Path folder = Path.of(arguments[2]);
        int last = Integer.parseInt(arguments[6]);
        CallStore.Moment when = CallStore.Moment.valueOf(arguments[7]);
        BackupStore deadly = new CallStore(store(arguments), (call, moment) -> {
            if (call == last && moment == when) {
                Runtime.getRuntime().halt(KILLED);
            }
        });
        InstantSource clock = InstantSource.fixed(Instant.parse(arguments[4]));
        try (Backups backups = FaultBench.builder(folder, deadly, clock).build()) {
            Operation.valueOf(arguments[5]).run(backups, arguments[3], folder.resolve("target"));
        }
        Runtime.getRuntime().halt(0);
    }

    private static BackupStore store(String[] arguments) throws IOException, ReflectiveOperationException {
        return Class.forName(arguments[0])
                .asSubclass(StoreOpener.class)
                .getDeclaredConstructor()
                .newInstance()
                .open(arguments[1]);
    }
}
