// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.examples.shop.ShopSchema;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.testing.ManualTime;
import dev.gatehouse.testing.TestDatabases;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final ManualTime time = new ManualTime();
    private final DataSource source = TestDatabases.h2();
    private final Outbox outbox = new Outbox(source, time, "ours");

    @BeforeEach
    void migrate() {
        Migrations.migrate(source, ShopSchema.SCHEMA);
    }

    private void add(String id, Duration delay) throws SQLException {
        Transactions.call(source, tx -> {
            outbox.add(tx, OutboxMessage.of("mail", id, "payload of " + id), delay);
            return id;
        });
    }

    @Test
    void aClaimedMessageIsHiddenForItsLeaseAndThenComesBack() throws SQLException {
        add("a", Duration.ZERO);
        OutboxMessage first = outbox.claim("mail", LEASE).orElseThrow();
        assertThat(first.payload()).isEqualTo("payload of a");
        assertThat(outbox.claim("mail", LEASE)).isEmpty();

        time.advance(LEASE);

        assertThat(outbox.claim("mail", LEASE).orElseThrow().attempts()).isEqualTo(1);
    }

    @Test
    void aMessageIsClaimedByOneOfManyWorkers() throws Exception {
        int messages = 100;
        for (int i = 0; i < messages; i++) {
            add("message-" + i, Duration.ZERO);
        }
        Queue<String> claimed = new ConcurrentLinkedQueue<>();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread worker = new Thread(() -> claimUntil(claimed, messages), "worker");
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(claimed).hasSize(messages).doesNotHaveDuplicates();
    }

    /** A claim that another worker was faster to make comes back empty, so emptiness alone says nothing. */
    private void claimUntil(Queue<String> claimed, int messages) {
        for (int i = 0; i < 20 * messages && claimed.size() < messages; i++) {
            outbox.claim("mail", LEASE).ifPresent(message -> claimed.add(message.id()));
        }
    }

    @Test
    void aMessageIsLeftToTheShopThatWroteItForTwoSeconds() throws SQLException {
        Outbox another = new Outbox(source, time, "another");
        add("a", Duration.ZERO);
        assertThat(another.claim("mail", LEASE)).isEmpty();
        assertThat(outbox.claim("mail", LEASE)).isPresent();

        add("b", Duration.ZERO);
        time.advance(Duration.ofSeconds(2));
        assertThat(another.claim("mail", LEASE).orElseThrow().id()).isEqualTo("b");
    }

    @Test
    void aMessageIsNotClaimedBeforeItIsDueNorByAnotherKind() throws SQLException {
        add("a", Duration.ofSeconds(5));
        assertThat(outbox.claim("mail", LEASE)).isEmpty();
        time.advance(Duration.ofSeconds(5));
        assertThat(outbox.claim("charge", LEASE)).isEmpty();
        assertThat(outbox.claim("mail", LEASE)).isPresent();
    }

    @Test
    void aFailedMessageLetsOthersPassAndWaitsLongerEachTime() throws SQLException {
        add("poison", Duration.ZERO);
        outbox.later(outbox.claim("mail", LEASE).orElseThrow());
        add("fine", Duration.ZERO);

        assertThat(outbox.claim("mail", LEASE).orElseThrow().id()).isEqualTo("fine");
        assertThat(outbox.claim("mail", LEASE)).isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(outbox.claim("mail", LEASE).orElseThrow().id()).isEqualTo("poison");
        assertThat(List.of(0, 1, 2, 3, 4, 1000))
                .extracting(Outbox::pause)
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 8L, 10L, 10L);
    }

    @Test
    void aWorkerDrainsWhatIsDueAndLeavesTheRest() throws SQLException {
        add("a", Duration.ZERO);
        add("b", Duration.ZERO);
        add("later", Duration.ofHours(1));
        try (OutboxWorker worker = new OutboxWorker(outbox, "mail", message -> Delivery.Result.DONE)) {
            worker.start();
            worker.drain(Deadline.after(Duration.ofSeconds(10)));
        }
        assertThat(outbox.depth("mail")).isEqualTo(1);
    }

    @Test
    void aDeliveryThatThrowsIsTriedAgainAndStopsNothing() throws Exception {
        BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
        CountDownLatch failed = new CountDownLatch(1);
        Delivery delivery = message -> {
            if (message.id().equals("poison")) {
                failed.countDown();
                throw new IllegalStateException("poison");
            }
            delivered.add(message.id());
            return Delivery.Result.DONE;
        };
        add("poison", Duration.ZERO);
        try (OutboxWorker worker = new OutboxWorker(outbox, "mail", delivery)) {
            worker.start();
            assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
            add("fine", Duration.ZERO);
            worker.wake();
            assertThat(delivered.poll(10, TimeUnit.SECONDS)).isEqualTo("fine");
            worker.drain(Deadline.after(Duration.ofSeconds(10)));
        }
        assertThat(outbox.depth("mail")).isEqualTo(1);
    }
}
