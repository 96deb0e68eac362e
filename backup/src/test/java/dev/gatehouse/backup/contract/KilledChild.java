// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.store.BackupStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.LoggerFactory;

/** Makes one backup and is dead at the call of the store that it was told. */
public final class KilledChild {

    private KilledChild() {}

    /** Arguments: the opener's class, the store's address, the folder, the call, the moment in it. */
    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        StoreOpener opener = Class.forName(arguments[0])
                .asSubclass(StoreOpener.class)
                .getDeclaredConstructor()
                .newInstance();
        BackupStore store = opener.open(arguments[1]);
        int last = Integer.parseInt(arguments[3]);
        CallStore.Moment when = CallStore.Moment.valueOf(arguments[4]);
        BackupStore deadly = new CallStore(store, (call, moment) -> {
            if (call == last && moment == when) {
                Runtime.getRuntime().halt(137);
            }
        });
        try (Backups backups = FaultListContract.backups(Path.of(arguments[2]), deadly, InstantSource.system())) {
            backups.backUp();
        }
        Runtime.getRuntime().halt(0);
    }
}
