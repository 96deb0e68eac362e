// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.config;

import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The root secret of a shop that was given none: made at first start, readable by its owner only. */
public final class RootSecret {

    private static final String FILE = "secret";
    private static final int BYTES = 32;

    private RootSecret() {}

    /** The secret kept in {@code data}, made now if there is none. */
    public static Secret keptIn(Path data, SecureRandom random) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(data);
                make(file, random);
            }
            return Secret.of(Base64.getDecoder().decode(Files.readString(file).strip()));
        } catch (IOException e) {
            throw new UncheckedIOException("root secret " + file + " can be neither read nor made", e);
        }
    }

    /** Whole or not at all, whatever dies when, and whoever else makes one at the same time. */
    private static void make(Path file, SecureRandom random) throws IOException {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                FILE,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(fresh, Set.of(StandardOpenOption.WRITE))) {
            channel.write(ByteBuffer.wrap(Base64.getEncoder().encode(secret)));
            channel.force(true);
        }
        link(fresh, file);
    }

    private static void link(Path fresh, Path file) throws IOException {
        try {
            Files.createLink(file, fresh);
            Files.delete(fresh);
        } catch (FileAlreadyExistsException e) {
            Files.delete(fresh);
        } catch (UnsupportedOperationException e) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
