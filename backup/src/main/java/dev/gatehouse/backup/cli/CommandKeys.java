// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The key that the options name: a key file, a file with a passphrase, or a passphrase that is asked for. None ever stands
 * on the command line, where every process of the machine could read it.
 *
 * @param options what stands on the command line
 * @param prompt asks for the passphrase; empty when there is nobody to ask
 */
record CommandKeys(Options options, Supplier<Optional<char[]>> prompt) {

    static final Set<String> OPTIONS = Set.of("key-file", "passphrase-file", "ask-passphrase");

    private static final int LARGEST = 4_096;

    KeyProvider open() throws UsageException, IOException {
        Optional<String> file = options.find("key-file");
        Optional<String> passphrase = options.find("passphrase-file");
        boolean ask = options.has("ask-passphrase");
        if ((file.isPresent() ? 1 : 0) + (passphrase.isPresent() ? 1 : 0) + (ask ? 1 : 0) != 1) {
            throw new UsageException("one of --key-file=…, --passphrase-file=… and --ask-passphrase is needed");
        }
        if (file.isPresent()) {
            // One that is missing must not be made: a new key opens nothing.
            return KeyProvider.file(existing(Path.of(file.get())));
        }
        return of(passphrase.isPresent() ? read(existing(Path.of(passphrase.get()))) : asked());
    }

    private static Path existing(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("backup.keys: " + file + " is not a file");
        }
        return file;
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException("backup.keys: " + file + " is larger than a passphrase can be");
        }
        return Files.readString(file, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("");
    }

    private String asked() throws UsageException {
        return prompt.get()
                .map(String::valueOf)
                .orElseThrow(() -> new UsageException("there is no terminal to ask at; use --passphrase-file=…"));
    }

    private static KeyProvider of(String passphrase) throws UsageException {
        try {
            return KeyProvider.passphrase(Secret.of(passphrase), new SecureRandom());
        } catch (IllegalArgumentException e) {
            throw new UsageException("that passphrase is none: " + e.getMessage());
        }
    }
}
