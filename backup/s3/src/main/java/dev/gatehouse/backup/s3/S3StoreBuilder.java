// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.s3.S3Settings.Bucket;
import dev.gatehouse.backup.s3.S3Settings.Limits;
import dev.gatehouse.backup.s3.S3Settings.Resting;
import dev.gatehouse.backup.s3.S3Settings.Surroundings;
import dev.gatehouse.backup.s3.S3Settings.Waits;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.Place;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds an {@link S3Store}: bucket and credentials are required, and a region or an endpoint. */
public final class S3StoreBuilder {

    private static final int MIB = 1 << 20;

    private String name = "s3";
    private @Nullable String bucket;
    private String prefix = "";
    private Optional<URI> endpoint = Optional.empty();
    private Optional<String> region = Optional.empty();
    private Optional<Boolean> pathStyle = Optional.empty();
    private @Nullable Supplier<S3Credentials> credentials;
    private Optional<String> storageClass = Optional.empty();
    private Optional<String> encryption = Optional.empty();
    private Optional<String> kmsKey = Optional.empty();
    private int partBytes = 8 * MIB;
    private int pageKeys = 1_000;
    private int attempts = 6;
    private Duration requestTimeout = Duration.ofMinutes(2);
    private Duration deadline = Duration.ofMinutes(5);
    private Duration abandonedAfter = Duration.ofHours(24);
    private Ticker ticker = Ticker.system();
    private SecureRandom random = new SecureRandom();
    private MeterRegistry meters = new CompositeMeterRegistry();
    private Optional<Retries.Pause> pause = Optional.empty();

    S3StoreBuilder() {}

    /** What it is called in metrics and messages, to tell it from other copies; {@code s3} by default. */
    public S3StoreBuilder name(String name) {
        this.name = name;
        return this;
    }

    /** The bucket, which must exist. */
    public S3StoreBuilder bucket(String bucket) {
        this.bucket = bucket;
        return this;
    }

    /** A folder within the bucket for everything; none by default. */
    public S3StoreBuilder prefix(String folder) {
        this.prefix = folder;
        return this;
    }

    /** The service, when it is not Amazon's own. */
    public S3StoreBuilder endpoint(URI endpoint) {
        this.endpoint = Optional.of(endpoint);
        return this;
    }

    /** The bucket's region; {@code us-east-1} by default when there is an endpoint, else required. */
    public S3StoreBuilder region(String region) {
        this.region = Optional.of(region);
        return this;
    }

    /** Whether the bucket goes into the path instead of the host; true by default when there is an endpoint. */
    public S3StoreBuilder pathStyle(boolean pathStyle) {
        this.pathStyle = Optional.of(pathStyle);
        return this;
    }

    /** Asked before every request. What it throws is told as refused credentials. */
    public S3StoreBuilder credentials(Supplier<S3Credentials> credentials) {
        this.credentials = credentials;
        return this;
    }

    /** The storage class of new objects, as {@code STANDARD_IA}; the bucket's own by default. */
    public S3StoreBuilder storageClass(String storageClass) {
        this.storageClass = Optional.of(storageClass);
        return this;
    }

    /** Lets the service encrypt, too, with its own keys (SSE-S3). */
    public S3StoreBuilder serverSideEncryption() {
        this.encryption = Optional.of("AES256");
        this.kmsKey = Optional.empty();
        return this;
    }

    /** Lets the service encrypt, too, with this key of its key service (SSE-KMS). */
    public S3StoreBuilder serverSideEncryption(String kmsKey) {
        this.encryption = Optional.of("aws:kms");
        this.kmsKey = Optional.of(kmsKey);
        return this;
    }

    /**
     * What is sent at once, 5 MiB to 1 GiB, 8 MiB by default. One put holds this much in memory. An object has at most
     * 10,000 parts.
     */
    public S3StoreBuilder partBytes(int bytes) {
        this.partBytes = bytes;
        return this;
    }

    /** How often one request is tried, 1 to 20; 6 by default. Waits are random, up to 20 seconds, doubling from 0.2. */
    public S3StoreBuilder attempts(int attempts) {
        this.attempts = attempts;
        return this;
    }

    /** How long one attempt may take; 2 minutes by default. */
    public S3StoreBuilder requestTimeout(Duration timeout) {
        this.requestTimeout = timeout;
        return this;
    }

    /** When no further attempt of a request begins, waits asked for by the service included; 5 minutes by default. */
    public S3StoreBuilder deadline(Duration deadline) {
        this.deadline = deadline;
        return this;
    }

    /** How old an unfinished upload is, by the service's own clock, when it is aborted; a day by default. */
    public S3StoreBuilder abandonedAfter(Duration age) {
        this.abandonedAfter = age;
        return this;
    }

    /** The ticker that measures deadlines. */
    public S3StoreBuilder ticker(Ticker ticker) {
        this.ticker = ticker;
        return this;
    }

    /** The source of waits and of the marks by which a put knows its own object. */
    public S3StoreBuilder random(SecureRandom random) {
        this.random = random;
        return this;
    }

    /** Where meters are registered. */
    public S3StoreBuilder meters(MeterRegistry meters) {
        this.meters = meters;
        return this;
    }

    S3StoreBuilder pageKeys(int keys) {
        this.pageKeys = keys;
        return this;
    }

    S3StoreBuilder pause(Retries.Pause pause) {
        this.pause = Optional.of(pause);
        return this;
    }

    /** The store, which asks nothing yet; refuses with every problem at once. */
    public S3Store build() {
        List<String> problems = problems();
        if (bucket == null || credentials == null || !problems.isEmpty()) {
            require(problems, bucket != null, "bucket is missing");
            require(problems, credentials != null, "credentials are missing");
            throw new IllegalArgumentException("backup.s3: " + String.join("; ", problems));
        }
        return new S3Store(new S3Settings(
                new Place(name, "s3", where(bucket), region),
                new Bucket(
                        bucket,
                        prefix.isEmpty() ? "" : prefix + "/",
                        endpoint,
                        region.orElse("us-east-1"),
                        pathStyle.orElse(endpoint.isPresent())),
                credentials,
                new Resting(storageClass, encryption, kmsKey),
                new Limits(partBytes, pageKeys, attempts, new Waits(requestTimeout, deadline, abandonedAfter)),
                new Surroundings(ticker, random, meters, pause)));
    }

    private String where(String bucket) {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix)
                + endpoint.map(service -> " at " + service).orElse("");
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>();
        require(problems, region.isPresent() || endpoint.isPresent(), "region and endpoint are missing; give one");
        require(problems, endpoint.map(S3StoreBuilder::isService).orElse(true), "endpoint must be http or https");
        require(
                problems,
                bucket == null || bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"),
                "bucket must be 3 to 63 of a-z, 0-9, . and -");
        require(problems, prefix.isEmpty() || ObjectName.isName(prefix), "prefix must be a name without / at its ends");
        require(problems, partBytes >= 5 * MIB && partBytes <= 1 << 30, "partBytes must be 5 MiB to 1 GiB");
        require(problems, attempts >= 1 && attempts <= 20, "attempts was " + attempts + " but must be 1 to 20");
        positive(problems, "requestTimeout", requestTimeout);
        positive(problems, "deadline", deadline);
        require(problems, !abandonedAfter.isNegative(), "abandonedAfter must not be negative");
        return problems;
    }

    private static boolean isService(URI endpoint) {
        return endpoint.getHost() != null
                && endpoint.getUserInfo() == null
                && ("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()));
    }

    private static void positive(List<String> problems, String name, Duration value) {
        require(problems, value.compareTo(Duration.ofMillis(1)) >= 0, name + " must be at least 1 ms");
    }

    private static void require(List<String> problems, boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }
}
