// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The store's own ID, made by whoever writes to it first. */
final class StoreIdentity {

    private static final Pattern TEXT =
            Pattern.compile("\\{\"format\":\"gatehouse-backup\",\"version\":1,\"store\":\"([0-9a-f]{32})\"}\n");

    private StoreIdentity() {}

    static String readOrCreate(BackupStore store, SecureRandom random) throws IOException {
        try {
            return read(store);
        } catch (NoSuchFileException e) {
            refuseUnlessEmpty(store);
            String text = "{\"format\":\"gatehouse-backup\",\"version\":1,\"store\":\"" + newId(random) + "\"}\n";
            // Of two that begin at once, one wins; both then read the winner's.
            store.putIfAbsent(Layout.STORE, out -> out.write(text.getBytes(StandardCharsets.US_ASCII)));
            return read(store);
        }
    }

    /** Throws when there is no store. */
    static String readExisting(BackupStore store) throws IOException {
        try {
            return read(store);
        } catch (NoSuchFileException e) {
            throw new IOException(
                    "backup.store: there are no backups here, for " + Layout.STORE
                            + " is missing; is it another place?",
                    e);
        }
    }

    /** A store that lost its identity must not get a new one: nothing in it would open again. */
    private static void refuseUnlessEmpty(BackupStore store) throws IOException {
        List<ObjectName> names = store.list(ObjectName.of("v1"));
        if (!names.isEmpty() && !names.contains(Layout.STORE)) {
            throw new IOException("backup.store: " + Layout.STORE + " is missing from a store that is not empty;"
                    + " take it from a copy, or write it anew with the ID that every proof holds");
        }
    }

    /** 128 random bits in hexadecimal. */
    static String newId(SecureRandom random) {
        byte[] bits = new byte[16];
        random.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    private static String read(BackupStore store) throws IOException {
        try (InputStream in = store.open(Layout.STORE)) {
            Matcher text = TEXT.matcher(new String(in.readNBytes(1_000), StandardCharsets.ISO_8859_1));
            if (!text.matches()) {
                throw new IOException("backup.store: " + Layout.STORE
                        + " is damaged or of a later format; take it from a copy of the store");
            }
            return text.group(1);
        }
    }
}
