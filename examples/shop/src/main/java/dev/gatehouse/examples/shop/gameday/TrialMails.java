// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.gameday;

import dev.gatehouse.examples.shop.outbox.Delivery;
import dev.gatehouse.examples.shop.outbox.Mail;
import dev.gatehouse.examples.shop.outbox.Outbox;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.resilience.gameday.Reading;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

/** Mails that a game day sends, to an address that cannot exist. */
public final class TrialMails {

    private static final String NOBODY = "game-day@corner-shop.invalid";

    private final DataSource database;
    private final Outbox outbox;
    private final Delivery delivery;

    /** Mails queued in {@code outbox} and delivered by {@code delivery}. */
    public TrialMails(DataSource database, Outbox outbox, Delivery delivery) {
        this.database = database;
        this.outbox = outbox;
        this.delivery = delivery;
    }

    private static Mail mail() {
        return Mail.of("game-day-" + UUID.randomUUID(), NOBODY, "A game day", "Nothing to do.");
    }

    Reading isDelivered() throws Exception {
        Delivery.Result result = delivery.deliver(mail().message());
        return new Reading(result == Delivery.Result.DONE, result.toString());
    }

    Reading isQueued() throws SQLException {
        long from = System.nanoTime();
        Transactions.call(database, tx -> {
            Mail mail = mail();
            outbox.add(tx, mail.message(), Duration.ZERO);
            return mail;
        });
        long millis = TrialOrders.millisSince(from);
        return new Reading(millis < 1_000, "queued after " + millis + " ms");
    }

    Reading noneWaits() {
        long waiting = outbox.depth(Mail.KIND);
        return new Reading(waiting == 0, waiting + " wait");
    }
}
