// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.StoreFactory;
import dev.gatehouse.config.Secret;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Opens {@code s3://bucket/folder}. Everything else is in the variables that Amazon's own tools read:
 * {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN}, {@code AWS_REGION} and, for
 * another service, {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL}.
 */
public final class S3StoreFactory implements StoreFactory {

    /** For the service loader. */
    public S3StoreFactory() {}

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public BackupStore open(URI place, Map<String, String> environment) throws IOException {
        String path = Optional.ofNullable(place.getPath()).orElse("").replaceAll("^/+|/+$", "");
        S3Credentials credentials = new S3Credentials(
                required(environment, "AWS_ACCESS_KEY_ID"),
                Secret.of(required(environment, "AWS_SECRET_ACCESS_KEY")),
                variable(environment, "AWS_SESSION_TOKEN").map(Secret::of));
        S3StoreBuilder builder = S3Store.builder()
                .bucket(String.valueOf(place.getAuthority()))
                .prefix(path)
                .credentials(() -> credentials);
        variable(environment, "AWS_REGION").ifPresent(builder::region);
        try {
            variable(environment, "AWS_ENDPOINT_URL_S3")
                    .or(() -> variable(environment, "AWS_ENDPOINT_URL"))
                    .map(URI::create)
                    .ifPresent(builder::endpoint);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String required(Map<String, String> environment, String name) throws IOException {
        return variable(environment, name)
                .orElseThrow(() -> new IOException("backup.s3: " + name + " is not set in the environment"));
    }
}
