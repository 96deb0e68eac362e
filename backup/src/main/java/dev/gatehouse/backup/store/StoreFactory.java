// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Opens stores of one kind by address, for programs that are told at run time where the backups lie, such as the
 * stand-alone restore command. Found by {@link ServiceLoader}, so that a kind of store is there when its jar is on the
 * class path. An application builds its store itself and needs none of this.
 */
public interface StoreFactory {

    /** The scheme of the addresses it opens, in lower case: {@code s3}. */
    String scheme();

    /**
     * Opens the store at {@code place}. Credentials come from {@code environment}, never from the address, which is
     * printed and logged.
     *
     * @param place an absolute address of this scheme
     * @param environment the variables of the process
     */
    BackupStore open(URI place, Map<String, String> environment) throws IOException;

    /**
     * Opens the store at {@code place}: an address whose scheme a factory on the class path knows, {@code file:} or a
     * path for a directory, which must be there.
     */
    static BackupStore open(String place, Map<String, String> environment) throws IOException {
        return StorePlaces.open(place, environment);
    }
}
