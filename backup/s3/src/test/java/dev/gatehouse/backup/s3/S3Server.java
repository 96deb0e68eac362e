// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.config.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** One S3Proxy for all tests of this process, and a bucket of its own for each. */
public final class S3Server {

    /** What the server accepts. */
    public static final S3Credentials CREDENTIALS =
            S3Credentials.of("local-access", Secret.of("local-secret-of-the-tests"));

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private final URI endpoint;

    private S3Server(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** The server, started when first asked for. */
    public static S3Server shared() {
        return Holder.SERVER;
    }

    private static S3Server start() {
        try {
            // The child's standard input is a pipe from this process: it ends with it, however that happens.
            Process process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx300m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            S3ProxyMain.class.getName(),
                            CREDENTIALS.accessKey(),
                            CREDENTIALS.secretKey().reveal())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
            return new S3Server(URI.create("http://127.0.0.1:" + lines.readLine()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public URI endpoint() {
        return endpoint;
    }

    /** Makes an empty bucket and gives its name. */
    public String newBucket() {
        String bucket = "bucket-" + BUCKETS.incrementAndGet();
        try (S3Client client = client()) {
            client.createBucket(request -> request.bucket(bucket));
        }
        return bucket;
    }

    /** Whoever has it may do anything, in spite of every condition. */
    S3Client client() {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        CREDENTIALS.accessKey(), CREDENTIALS.secretKey().reveal())))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** A store in one of its buckets. */
    public S3StoreBuilder store(String bucket) {
        return S3Store.builder()
                .endpoint(endpoint)
                .bucket(bucket)
                .credentials(() -> CREDENTIALS)
                .partBytes(5 << 20);
    }

    private static final class Holder {
        static final S3Server SERVER = start();
    }
}
