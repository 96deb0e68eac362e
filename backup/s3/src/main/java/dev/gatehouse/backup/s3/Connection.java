// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.config.Secret;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes the SDK's client: no retries of its own, no chunked bodies, no checksums in trailers, which some S3s lack. */
final class Connection {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private Connection() {}

    static S3Client open(S3Settings settings) {
        S3Settings.Bucket bucket = settings.bucket();
        Duration timeout = settings.limits().waits().request();
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(bucket.region()))
                .forcePathStyle(bucket.pathStyle())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // A rejected expectation would hide the answer's body, and with it the reason.
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .expectContinueEnabled(false)
                        .build())
                .credentialsProvider(() -> credentials(settings))
                .overrideConfiguration(override ->
                        override.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(timeout))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(least(timeout, LONGEST_CONNECT))
                        .socketTimeout(least(timeout, LONGEST_SILENCE)));
        bucket.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static AwsCredentials credentials(S3Settings settings) {
        try {
            S3Credentials given = settings.credentials().get();
            String secret = given.secretKey().reveal();
            Optional<Secret> token = given.sessionToken();
            return token.isPresent()
                    ? AwsSessionCredentials.create(
                            given.accessKey(), secret, token.get().reveal())
                    : AwsBasicCredentials.create(given.accessKey(), secret);
        } catch (RuntimeException e) {
            throw SdkClientException.create("no credentials", new NoCredentials(e));
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
