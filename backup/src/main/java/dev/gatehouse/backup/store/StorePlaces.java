// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/** Finds the store that an address means. */
final class StorePlaces {

    // A single letter before a colon is a drive.
    private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9+.-]+):.*", Pattern.CASE_INSENSITIVE);

    private StorePlaces() {}

    static BackupStore open(String place, Map<String, String> environment) throws IOException {
        if (!ADDRESS.matcher(place).matches()) {
            return directory(Path.of(place));
        }
        URI address = address(place);
        if (address.getUserInfo() != null) {
            throw new IOException("backup.store: the address holds credentials; give them in the environment");
        }
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("file")
                ? directory(Path.of(address))
                : factory(scheme).open(address, environment);
    }

    private static URI address(String place) throws IOException {
        try {
            return new URI(place);
        } catch (URISyntaxException e) {
            throw new IOException("backup.store: the address is not a URI: " + e.getReason(), e);
        }
    }

    /** One that is missing is a mistyped path, not an empty store. */
    private static BackupStore directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new IOException("backup.store: " + directory + " is not a directory");
        }
        return BackupStore.directory(directory);
    }

    private static StoreFactory factory(String scheme) throws IOException {
        List<StoreFactory> known = ServiceLoader.load(StoreFactory.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return known.stream()
                .filter(factory -> factory.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(() -> new IOException("backup.store: nothing on the class path opens " + scheme
                        + ": addresses; known are file and "
                        + known.stream().map(StoreFactory::scheme).toList()));
    }
}
