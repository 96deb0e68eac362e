// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.gameday;

import dev.gatehouse.context.Deadline;
import dev.gatehouse.examples.shop.mail.Mail;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.resilience.gameday.Reading;
import dev.gatehouse.resilience.queue.JobHandler;
import dev.gatehouse.resilience.queue.JobQueue;
import dev.gatehouse.resilience.queue.JobResult;
import dev.gatehouse.resilience.queue.JobRun;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

/** Mails that a game day sends, to an address that cannot exist. */
public final class TrialMails {

    private static final String NOBODY = "game-day@corner-shop.invalid";

    private final DataSource database;
    private final JobQueue queue;
    private final JobHandler delivery;

    /** Mails that wait in {@code queue} and are delivered by {@code delivery}. */
    public TrialMails(DataSource database, JobQueue queue, JobHandler delivery) {
        this.database = database;
        this.queue = queue;
        this.delivery = delivery;
    }

    private static Mail mail() {
        return Mail.of("game-day-" + UUID.randomUUID(), NOBODY, "A game day", "Nothing to do.");
    }

    Reading isDelivered() throws Exception {
        Mail mail = mail();
        Deadline deadline = Deadline.after(Duration.ofSeconds(10));
        JobResult result = delivery.run(
                new JobRun(mail.id(), 1, Instant.now(), deadline, mail.job().payload()));
        return new Reading(result instanceof JobResult.Done, result.toString());
    }

    Reading isQueued() throws SQLException {
        long from = System.nanoTime();
        Transactions.call(database, tx -> queue.enqueue(tx, mail().job()));
        long millis = TrialOrders.millisSince(from);
        return new Reading(millis < 1_000, "queued after " + millis + " ms");
    }

    Reading noneWaits() {
        long waiting = queue.status().kinds().stream()
                .filter(status -> status.kind().equals(Mail.KIND))
                .mapToLong(status -> status.waiting() + status.running())
                .sum();
        return new Reading(waiting == 0, waiting + " wait");
    }
}
