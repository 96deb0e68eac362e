// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * Who asks a store, and the proof of it. Given as a supplier that is asked before every request, so that rotated
 * credentials are used at once and without a restart.
 *
 * @param accessKey the access key's ID
 * @param secretKey the secret access key
 * @param sessionToken the token that comes with temporary credentials
 */
public record S3Credentials(String accessKey, Secret secretKey, Optional<Secret> sessionToken) {

    /** Credentials without a session. */
    public static S3Credentials of(String accessKey, Secret secretKey) {
        return new S3Credentials(accessKey, secretKey, Optional.empty());
    }

    /**
     * Reads a file before every request: {@code aws_access_key_id}, {@code aws_secret_access_key} and, if there is one,
     * {@code aws_session_token}, each with {@code =} and its value on a line of its own. Replace the file by renaming, so
     * that nobody reads half of it.
     */
    public static Supplier<S3Credentials> file(Path file) {
        return () -> read(file);
    }

    private static S3Credentials read(Path file) {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("backup.s3: " + file + " could not be read", e);
        }
        return new S3Credentials(
                required(lines, file, "aws_access_key_id"),
                Secret.of(required(lines, file, "aws_secret_access_key")),
                Optional.ofNullable(lines.getProperty("aws_session_token")).map(Secret::of));
    }

    private static String required(Properties lines, Path file, String name) {
        String value = lines.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException("backup.s3: " + file + " has no " + name);
        }
        return value;
    }
}
