// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.examples.shop.ShopSchema;
import dev.gatehouse.jdbc.DatabaseProduct;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.resilience.queue.JobPolicy;
import dev.gatehouse.resilience.queue.JobQueue;
import dev.gatehouse.resilience.queue.JobResult;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What waited in the outbox of a shop of the release before the queue. */
abstract class OutboxMigrationContract {

    abstract DataSource freshDatabase();

    @Test
    void becomesJobsOfTheQueueThatAreDoneOnce() throws Exception {
        DataSource source = freshDatabase();
        Migrations.migrate(source, JobQueue.SCHEMA, ShopSchema.SCHEMA);
        Jdbi jdbi = Jdbi.create(source);
        jdbi.useHandle(handle -> {
            handle.execute("INSERT INTO shop_outbox (kind, id, payload, attempts, due_at)"
                    + " VALUES ('mail', 'm-1', '{\"to\":\"j\u00f6rg@example.org\"}', 3, CURRENT_TIMESTAMP)");
            handle.execute("INSERT INTO shop_outbox (kind, id, payload, attempts, due_at)"
                    + " VALUES ('charge', 'o-1', 'ann@example.org', 0, CURRENT_TIMESTAMP)");
        });

        runAgain(jdbi);

        Map<String, String> done = new ConcurrentHashMap<>();
        JobPolicy policy = JobPolicy.standard();
        try (JobQueue queue = JobQueue.builder(source)
                .handle(
                        "mail",
                        run -> keep(done, run.idempotencyKey(), run.payload().text()),
                        policy)
                .handle(
                        "charge",
                        run -> keep(done, run.idempotencyKey(), run.payload().text()),
                        policy)
                .build()) {
            queue.start();
            queue.drain(Deadline.after(Duration.ofSeconds(30)));
        }
        assertThat(done)
                .containsOnly(
                        Map.entry("m-1", "{\"to\":\"j\u00f6rg@example.org\"}"),
                        Map.entry("o-1", "o-1 ann@example.org"));
        int left = jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM shop_outbox")
                .mapTo(Integer.class)
                .one());
        assertThat(left).isZero();
    }

    /** The script that empties the outbox, which ran when there was nothing in it. */
    private static void runAgain(Jdbi jdbi) throws Exception {
        jdbi.useTransaction(handle -> {
            DatabaseProduct product = DatabaseProduct.of(handle.getConnection());
            String script = ShopSchema.SCHEMA.locationFor(product) + "/V3__queue.sql";
            try (InputStream text = Objects.requireNonNull(
                    OutboxMigrationContract.class.getClassLoader().getResourceAsStream(script))) {
                handle.createScript(new String(text.readAllBytes(), StandardCharsets.UTF_8))
                        .execute();
            }
        });
    }

    private static JobResult keep(Map<String, String> done, String key, String payload) {
        done.put(key, payload);
        return JobResult.done();
    }
}
