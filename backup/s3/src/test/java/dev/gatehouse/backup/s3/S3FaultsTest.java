// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.backup.s3.FaultyWire.Fault;
import dev.gatehouse.backup.s3.FaultyWire.Request;
import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.StoreException;
import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.ManualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is between us and the service, and the service itself, do what they do on a bad day. */
class S3FaultsTest {

    private static final ObjectName NAME = ObjectName.of("v1", "shop", "thing");
    private static final int LARGE = (5 << 20) + 1_000;

    private final S3Server server = S3Server.shared();
    private final ManualTime time = new ManualTime();
    private final List<Duration> waits = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicReference<S3Credentials> credentials = new AtomicReference<>(S3Server.CREDENTIALS);
    private FaultyWire wire;
    private S3Store store;

    @BeforeEach
    void open() throws IOException {
        wire = new FaultyWire(server.endpoint());
        store = builder().build();
        store.prove();
        wire.seen().clear();
    }

    private S3StoreBuilder builder() {
        return server.store(server.newBucket())
                .endpoint(wire.endpoint())
                .credentials(credentials::get)
                .ticker(time)
                .meters(meters)
                .attempts(4)
                .pause(wait -> {
                    waits.add(wait);
                    time.advance(wait);
                });
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        wire.close();
    }

    private static boolean put(Request request) {
        return request.is("PUT", "/v1/shop/thing");
    }

    private static boolean get(Request request) {
        return request.is("GET", "/v1/shop/thing");
    }

    private static boolean complete(Request request) {
        return request.is("POST", "thing?uploadId=");
    }

    private Put put(int bytes) throws IOException {
        return store.putIfAbsent(NAME, out -> out.write(content(bytes)));
    }

    private static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new Random(7).nextBytes(content);
        return content;
    }

    private byte[] read() throws IOException {
        try (InputStream in = store.open(NAME)) {
            return in.readAllBytes();
        }
    }

    @Nested
    class WhenTheServiceIsOverloaded {

        @ParameterizedTest
        @CsvSource({
            "503,SlowDown",
            "500,InternalError",
            "429,TooManyRequests",
            "502,BadGateway",
            "504,GatewayTimeout",
            "400,RequestTimeout",
            "409,ConditionalRequestConflict"
        })
        void triesAgainUntilItIsBetter(int status, String code) throws IOException {
            wire.spoil(3, S3FaultsTest::put, Fault.answer(status, code));
            assertThat(put(1_000)).isEqualTo(Put.STORED);
            assertThat(read()).isEqualTo(content(1_000));
            assertThat(waits).hasSize(3);
            assertThat(meters.counter("gatehouse.backup.s3.retries", "store", "s3")
                            .count())
                    .isEqualTo(3);
        }

        @Test
        void givesUpAfterSoManyAttemptsAndLeavesTheNameFree() throws IOException {
            wire.spoil(100, S3FaultsTest::put, Fault.answer(503, "SlowDown"));
            assertThatThrownBy(() -> put(1_000))
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("attempt 4 of 4")
                    .hasMessageContaining("503 SlowDown");
            assertThat(wire.count(S3FaultsTest::put)).isEqualTo(4);
            assertThat(store.list(ObjectName.of("v1"))).isEmpty();
        }

        @Test
        void waitsAsLongAsItIsAsked() throws IOException {
            wire.spoil(1, S3FaultsTest::put, Fault.answer(429, "TooManyRequests", "Retry-After: 37"));
            assertThat(put(1_000)).isEqualTo(Put.STORED);
            assertThat(waits).containsExactly(Duration.ofSeconds(37));
        }

        @Test
        void doesNotWaitBeyondItsDeadline() {
            wire.spoil(100, S3FaultsTest::put, Fault.answer(503, "SlowDown", "Retry-After: 200"));
            assertThatThrownBy(() -> put(1_000)).isInstanceOf(StoreException.Unavailable.class);
            assertThat(waits).containsExactly(Duration.ofSeconds(200));
        }

        @Test
        void spreadsItsWaits() {
            wire.spoil(1_000, S3FaultsTest::get, Fault.answer(503, "SlowDown"));
            for (int i = 0; i < 30; i++) {
                assertThatThrownBy(S3FaultsTest.this::read).isInstanceOf(StoreException.Unavailable.class);
            }
            assertThat(waits).hasSize(90).allMatch(wait -> wait.compareTo(Duration.ofMillis(800)) <= 0);
            assertThat(waits.stream().distinct().count()).isGreaterThan(30);
        }

        @Test
        void retriesEveryPartAndItsCompletion() throws IOException {
            wire.spoil(1, request -> request.is("POST", "?uploads"), Fault.answer(503, "SlowDown"));
            wire.spoil(1, request -> request.is("PUT", "partNumber=1"), Fault.answer(500, "InternalError"));
            wire.spoil(1, request -> request.is("PUT", "partNumber=2"), Fault.dropRequest());
            wire.spoil(1, S3FaultsTest::complete, Fault.answer(503, "SlowDown"));
            assertThat(put(LARGE)).isEqualTo(Put.STORED);
            assertThat(read()).isEqualTo(content(LARGE));
        }

        @Test
        void abortsAnUploadThatCannotBeFinished() {
            wire.spoil(100, request -> request.is("PUT", "partNumber=2"), Fault.answer(503, "SlowDown"));
            assertThatThrownBy(() -> put(LARGE)).isInstanceOf(StoreException.Unavailable.class);
            assertThat(wire.count(request -> request.is("DELETE", "uploadId="))).isEqualTo(1);
        }
    }

    @Nested
    class WhenTheConnectionBreaks {

        @Test
        void sendsAgainWhatTheServerNeverHeard() throws IOException {
            wire.spoil(2, S3FaultsTest::put, Fault.dropRequest());
            assertThat(put(1_000)).isEqualTo(Put.STORED);
            assertThat(read()).isEqualTo(content(1_000));
        }

        @Test
        void knowsItsOwnObjectWhenTheAnswerWasLost() throws IOException {
            wire.spoil(1, S3FaultsTest::put, Fault.dropAnswer());
            assertThat(put(1_000)).isEqualTo(Put.STORED);
        }

        @Test
        void knowsItsOwnObjectWhenEveryAnswerWasLost() throws IOException {
            wire.spoil(100, S3FaultsTest::put, Fault.dropAnswer());
            assertThat(put(1_000)).isEqualTo(Put.STORED);
        }

        @Test
        void knowsItsOwnUploadWhenTheAnswerWasLost() throws IOException {
            wire.spoil(1, S3FaultsTest::complete, Fault.dropAnswer());
            assertThat(put(LARGE)).isEqualTo(Put.STORED);
            assertThat(read()).isEqualTo(content(LARGE));
        }

        @Test
        void doesNotTakeAnothersObjectForItsOwn() throws IOException {
            assertThat(put(500)).isEqualTo(Put.STORED);
            wire.spoil(1, S3FaultsTest::put, Fault.dropAnswer());
            assertThat(put(1_000)).isEqualTo(Put.EXISTS);
            assertThat(read()).isEqualTo(content(500));
        }

        @Test
        void asksAgainWhoseAnObjectIs() throws IOException {
            wire.spoil(1, S3FaultsTest::put, Fault.dropAnswer());
            wire.spoil(3, request -> request.is("HEAD", "/v1/shop/thing"), Fault.answer(503, "SlowDown"));
            assertThat(put(1_000)).isEqualTo(Put.STORED);
            wire.spoil(3, request -> request.is("HEAD", "/v1/shop/thing"), Fault.dropRequest());
            assertThat(put(500)).isEqualTo(Put.EXISTS);
            assertThat(read()).isEqualTo(content(1_000));
        }

        @Test
        void readsOnWhereAnAnswerBrokeOff() throws IOException {
            put(300_000);
            wire.spoil(1, S3FaultsTest::get, Fault.cutAnswer(100_000));
            wire.spoil(1, S3FaultsTest::get, Fault.cutAnswer(70_000));
            assertThat(read()).isEqualTo(content(300_000));
            assertThat(wire.seen()).anyMatch(request -> request.head().contains("bytes=100000-"));
        }

        @Test
        void refusesToReadOnWhatWasReplaced() throws IOException {
            put(300_000);
            try (InputStream in = cut(100_000)) {
                in.readNBytes(50_000);
                store.delete(NAME);
                store.putIfAbsent(NAME, out -> out.write(new byte[300_000]));
                assertThatThrownBy(in::readAllBytes)
                        .isInstanceOf(StoreException.Damaged.class)
                        .hasMessageContaining("replaced");
            }
        }

        private InputStream cut(int bytes) throws IOException {
            wire.spoil(1, S3FaultsTest::get, Fault.cutAnswer(bytes));
            return store.open(NAME);
        }

        @Test
        void stopsReadingOnWhenItLeadsNowhere() throws IOException {
            put(300_000);
            wire.spoil(1, S3FaultsTest::get, Fault.cutAnswer(100));
            wire.spoil(1_000, S3FaultsTest::get, Fault.cutAnswer(0));
            assertThatThrownBy(S3FaultsTest.this::read).isInstanceOf(StoreException.Unavailable.class);
            assertThat(wire.count(S3FaultsTest::get)).isLessThan(20);
        }

        @Test
        @Tag("soak")
        void readsOnWhereverAnAnswerBreaksOff() throws IOException {
            put(3_000);
            for (int cut = 0; cut < 3_000; cut++) {
                wire.heal();
                wire.spoil(1, S3FaultsTest::get, Fault.cutAnswer(cut));
                assertThat(read()).as("cut at %s", cut).isEqualTo(content(3_000));
            }
        }

        @Test
        void stopsWaitingForAServiceThatIsSilent() throws IOException {
            try (S3Store impatient =
                    builder().requestTimeout(Duration.ofMillis(300)).attempts(2).build()) {
                wire.spoil(100, request -> true, Fault.hang());
                assertThatThrownBy(() -> impatient.list(ObjectName.of("v1")))
                        .isInstanceOf(StoreException.Unavailable.class);
            }
        }

        @Test
        void stopsWhenItIsInterrupted() {
            wire.spoil(100, request -> true, Fault.answer(503, "SlowDown"));
            S3Store waiting =
                    builder().pause(wait -> new CountDownLatch(1).await()).build();
            Thread.currentThread().interrupt();
            Throwable end = catchThrowable(() -> waiting.list(ObjectName.of("v1")));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(end).isInstanceOf(InterruptedIOException.class);
        }

        @Test
        void stopsWaitingWhenItIsClosed() throws Exception {
            wire.spoil(100, request -> true, Fault.answer(503, "SlowDown", "Retry-After: 200"));
            S3Store waiting =
                    server.store(server.newBucket()).endpoint(wire.endpoint()).build();
            FutureTask<Throwable> end = new FutureTask<>(() -> catchThrowable(() -> waiting.list(ObjectName.of("v1"))));
            Thread caller = new Thread(end, "waits-for-s3");
            caller.setDaemon(true);
            caller.start();
            while (!isResting(caller) && !end.isDone()) {
                Thread.onSpinWait();
            }
            waiting.close();
            assertThat(end.get())
                    .isInstanceOf(StoreException.Unavailable.class)
                    .hasMessageContaining("closed while a request waited");
        }

        private boolean isResting(Thread caller) {
            return caller.getState() == Thread.State.TIMED_WAITING
                    && Arrays.stream(caller.getStackTrace())
                            .anyMatch(frame -> frame.getMethodName().equals("untilClosed"));
        }
    }

    @Nested
    class WhenBitsAreFlippedOnTheWay {

        @Test
        void sendsAgainWhatArrivedOtherwise() throws IOException {
            wire.spoil(1, S3FaultsTest::put, Fault.flipRequest(500));
            assertThat(put(1_000)).isEqualTo(Put.STORED);
            assertThat(wire.count(S3FaultsTest::put)).isEqualTo(2);
            assertThat(read()).isEqualTo(content(1_000));
        }

        @Test
        void sendsAPartAgainThatArrivedOtherwise() throws IOException {
            wire.spoil(1, request -> request.is("PUT", "partNumber=1"), Fault.flipRequest(4_000_000));
            assertThat(put(LARGE)).isEqualTo(Put.STORED);
            assertThat(read()).isEqualTo(content(LARGE));
        }

        @Test
        void noticesWhatComesBackOtherwise() throws IOException {
            put(1_000);
            wire.spoil(1, S3FaultsTest::get, Fault.flipAnswer(999));
            assertThatThrownBy(S3FaultsTest.this::read).isInstanceOf(StoreException.Damaged.class);
        }

        @Test
        void noticesWhatComesBackOtherwiseOfAnObjectInParts() throws IOException {
            put(LARGE);
            wire.spoil(1, S3FaultsTest::get, Fault.flipAnswer(LARGE - 1));
            assertThatThrownBy(S3FaultsTest.this::read).isInstanceOf(StoreException.Damaged.class);
        }

        @Test
        void noticesThemInAnAnswerThatWasReadOn() throws IOException {
            put(1_000);
            wire.spoil(1, S3FaultsTest::get, Fault.cutAnswer(400));
            wire.spoil(1, S3FaultsTest::get, Fault.flipAnswer(10));
            assertThatThrownBy(S3FaultsTest.this::read).isInstanceOf(StoreException.Damaged.class);
        }
    }

    @Nested
    class WhenItIsRefused {

        @ParameterizedTest
        @CsvSource({
            "403,InvalidAccessKeyId,Credentials",
            "403,SignatureDoesNotMatch,Credentials",
            "400,ExpiredToken,Credentials",
            "400,InvalidToken,Credentials",
            "403,AccessDenied,Forbidden",
            "404,NoSuchBucket,Missing",
            "301,PermanentRedirect,WrongRegion",
            "400,AuthorizationHeaderMalformed,WrongRegion",
            "403,RequestTimeTooSkewed,ClockSkew",
            "501,NotImplemented,Unfit",
            "400,InvalidArgument,Unfit"
        })
        void tellsWhatHelps(int status, String code, String kind) {
            wire.spoil(100, request -> true, Fault.answer(status, code));
            Throwable listing = catchThrowable(() -> store.list(ObjectName.of("v1")));
            Throwable putting = catchThrowable(() -> put(10));
            assertThat(List.of(listing, putting))
                    .allSatisfy(refusal -> assertThat(refusal)
                            .isInstanceOf(StoreException.class)
                            .hasMessageContaining("s3://bucket-")
                            .hasMessageNotContaining(
                                    S3Server.CREDENTIALS.secretKey().reveal())
                            .extracting(Object::getClass)
                            .extracting(Class::getSimpleName)
                            .isEqualTo(kind));
            assertThat(waits).isEmpty();
        }

        @Test
        void tellsTheRegionItShouldBe() {
            wire.spoil(1, request -> true, Fault.answer(301, "PermanentRedirect", "x-amz-bucket-region: eu-west-3"));
            assertThatThrownBy(() -> store.list(ObjectName.of("v1"))).hasMessageContaining("eu-west-3");
        }

        @Test
        void tellsABucketThatIsNotThere() {
            S3Store elsewhere = server.store("no-such-bucket").build();
            assertThatThrownBy(elsewhere::prove).isInstanceOf(StoreException.Missing.class);
        }

        @Test
        void tellsARealWrongSecretAndUsesANewOneAtOnce() throws IOException {
            credentials.set(S3Credentials.of(S3Server.CREDENTIALS.accessKey(), Secret.of("not-the-secret")));
            assertThatThrownBy(store::prove).isInstanceOf(StoreException.Credentials.class);
            credentials.set(S3Credentials.of("nobody", S3Server.CREDENTIALS.secretKey()));
            assertThatThrownBy(store::prove).isInstanceOf(StoreException.Credentials.class);
            credentials.set(S3Server.CREDENTIALS);
            store.prove();
        }

        @Test
        void tellsCredentialsThatCannotBeRead() {
            S3Store blind = builder()
                    .credentials(S3Credentials.file(java.nio.file.Path.of("no", "such", "file")))
                    .build();
            assertThatThrownBy(blind::prove)
                    .isInstanceOf(StoreException.Credentials.class)
                    .hasMessageContaining("such");
        }

        @Test
        void storesForAWriterThatMayNotDelete() throws IOException {
            wire.spoil(1_000, request -> request.method().equals("DELETE"), Fault.answer(403, "AccessDenied"));
            assertThat(put(1_000)).isEqualTo(Put.STORED);
            store.prove();
            assertThatThrownBy(() -> store.delete(NAME)).isInstanceOf(StoreException.Forbidden.class);
            assertThat(read()).isEqualTo(content(1_000));
        }
    }

    @Nested
    class WhenTheServiceIgnoresConditions {

        @Test
        void refusesToWriteToOneThatOverwrites() throws IOException {
            S3Store unfit = builder().build();
            wire.spoil(2, request -> request.is("PUT", "probe/canary"), Fault.answer(200, "Stored"));
            assertThatThrownBy(() -> unfit.putIfAbsent(NAME, out -> out.write(1)))
                    .isInstanceOf(StoreException.Unfit.class)
                    .hasMessageContaining("If-None-Match");
            assertThat(wire.count(S3FaultsTest::put)).isZero();
        }

        @Test
        void refusesToWriteToOneWhoseUploadsOverwrite() {
            S3Store unfit = builder().build();
            wire.spoil(1, request -> request.is("POST", "canary?uploadId="), completed());
            assertThatThrownBy(() -> unfit.putIfAbsent(NAME, out -> out.write(1)))
                    .isInstanceOf(StoreException.Unfit.class)
                    .hasMessageContaining("multipart");
            assertThat(wire.count(S3FaultsTest::put)).isZero();
        }

        private Fault completed() {
            String body = "<CompleteMultipartUploadResult><ETag>x</ETag></CompleteMultipartUploadResult>";
            return (faulty, request, client) -> client.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/xml\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }
    }
}
