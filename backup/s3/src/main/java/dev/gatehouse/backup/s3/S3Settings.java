// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.Place;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@link S3StoreBuilder} was told, checked. */
record S3Settings(
        Place place,
        Bucket bucket,
        Supplier<S3Credentials> credentials,
        Resting resting,
        Limits limits,
        Surroundings surroundings) {

    /** The key of an object. */
    String key(ObjectName name) {
        return bucket.prefix() + name.value();
    }

    /** Which bucket, and how it is reached. */
    record Bucket(String name, String prefix, Optional<URI> endpoint, String region, boolean pathStyle) {}

    /** How objects are kept. */
    record Resting(Optional<String> storageClass, Optional<String> encryption, Optional<String> kmsKey) {}

    /** How much and how long. */
    record Limits(int partBytes, int pageKeys, int attempts, Waits waits) {}

    /** How long. */
    record Waits(Duration request, Duration deadline, Duration abandoned) {}

    /** Time, chance and where things are told; without a {@code pause}, waits end when the store is closed. */
    record Surroundings(Ticker ticker, SecureRandom random, MeterRegistry meters, Optional<Retries.Pause> pause) {}
}
