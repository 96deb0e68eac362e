// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract;

import dev.gatehouse.backup.store.BackupStore;
import java.io.IOException;

/** Opens a store in a child process, which makes it by its name, from words that its parent gives. */
public interface StoreOpener {

    /** Opens the store. */
    BackupStore open(String address) throws IOException;
}
