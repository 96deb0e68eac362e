// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A store in a bucket of S3, or of what speaks its protocol. Objects are written on the condition that there is none of
 * that name, the larger ones in parts, and carry a CRC-32C of the whole, which the service checks on arrival and reads
 * check again. Requests that fail in passing are tried again within bounds of number and time; a read that breaks off
 * goes on where it was. Before its first write the store proves that the service keeps its conditions. Thread-safe.
 *
 * <p>Failures are {@link dev.gatehouse.backup.store.StoreException}s: credentials, permissions, a missing bucket, another
 * region, a skewed clock, an unfit service and one that is away are told apart.
 */
public final class S3Store implements BackupStore, AutoCloseable {

    private static final ObjectName CANARY = ObjectName.of("probe", "canary");

    private final S3Settings settings;
    private final S3Client client;
    private final Retries retries;
    private final Uploads uploads;
    private final Fitness fitness;

    S3Store(S3Settings settings) {
        this.settings = settings;
        this.client = Connection.open(settings);
        this.retries = new Retries(settings);
        this.uploads = new Uploads(settings, client, retries);
        this.fitness = new Fitness(settings, client, retries, uploads);
    }

    /** A builder. */
    public static S3StoreBuilder builder() {
        return new S3StoreBuilder();
    }

    @Override
    public Place place() {
        return settings.place();
    }

    /** Also proves, until it has succeeded once, that a multipart upload keeps its condition, and aborts what was abandoned. */
    @Override
    public void prove() throws IOException {
        BackupStore.super.prove();
        fitness.proveOnce(CANARY);
    }

    @Override
    public Put putIfAbsent(ObjectName name, Body body) throws IOException {
        if (!fitness.isProven() && !name.equals(CANARY)) {
            prove();
        }
        PartStream parts = uploads.begin(name);
        boolean done = false;
        try {
            body.writeTo(parts);
            Put put = parts.finish();
            done = true;
            return put;
        } finally {
            if (!done) {
                parts.abandon();
            }
        }
    }

    @Override
    public InputStream open(ObjectName name) throws IOException {
        return ObjectStream.open(settings, client, retries, name);
    }

    @Override
    public List<ObjectName> list(ObjectName folder) throws IOException {
        List<ObjectName> names = new ArrayList<>();
        Optional<String> token = Optional.empty();
        do {
            ListObjectsV2Response page = page(folder, token);
            page.contents().stream()
                    .map(S3Object::key)
                    .map(key -> key.substring(settings.bucket().prefix().length()))
                    .filter(ObjectName::isName)
                    .map(ObjectName::new)
                    .forEach(names::add);
            if (names.size() > MOST_NAMES) {
                throw new IOException("backup.store: " + folder + " holds more than " + MOST_NAMES + " objects");
            }
            token = Boolean.TRUE.equals(page.isTruncated())
                    ? Optional.ofNullable(page.nextContinuationToken())
                    : Optional.empty();
        } while (token.isPresent());
        return names.stream().sorted().toList();
    }

    private ListObjectsV2Response page(ObjectName folder, Optional<String> token) throws IOException {
        return retries.call(
                "listing " + folder,
                () -> client.listObjectsV2(request -> {
                    request.bucket(settings.bucket().name())
                            .prefix(settings.key(folder) + "/")
                            .maxKeys(settings.limits().pageKeys());
                    token.ifPresent(request::continuationToken);
                }));
    }

    @Override
    public boolean delete(ObjectName name) throws IOException {
        try {
            retries.call(
                    "asking for " + name,
                    () -> client.headObject(
                            request -> request.bucket(settings.bucket().name()).key(settings.key(name))));
        } catch (NoSuchFileException e) {
            return false;
        }
        retries.call(
                "deleting " + name,
                () -> client.deleteObject(
                        request -> request.bucket(settings.bucket().name()).key(settings.key(name))));
        return true;
    }

    /** Gives up the connections, and what waits to be tried again. */
    @Override
    public void close() {
        retries.close();
        client.close();
    }
}
