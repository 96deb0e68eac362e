// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.HealthReport;
import dev.gatehouse.examples.shop.mail.Mail;
import dev.gatehouse.jdbc.Transactions;
import dev.gatehouse.resilience.queue.JobQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop's queue on copies of its data, from which nobody must be mailed or charged a second time. */
class QueueTest {

    private static final Mail MAIL = Mail.of("m-1", "bob@example.org", "Hello", "Bob");

    @TempDir
    Path data;

    @TempDir
    Path copy;

    private static void enqueue(JobQueue queue, Shop shop) throws Exception {
        Transactions.call(shop.wiring().pool, tx -> queue.enqueue(tx, MAIL.job()));
    }

    /** A shop's data, as a backup has them that was made while a mail waited. */
    private void makeCopyWithAWaitingMail() throws Exception {
        OpenShop.with(Map.of("SHOP_DATA", data.toString())).close();
        try (OpenShop shop = OpenShop.with(Map.of("SHOP_DATA", data.toString(), "SHOP_JOBS", "false"))) {
            enqueue(shop.shop().wiring().queue, shop.shop());
        }
        Files.copy(data.resolve("shop.mv.db"), copy.resolve("shop.mv.db"));
        Files.copy(data.resolve("secret"), copy.resolve("secret"));
    }

    @Test
    void aProcessThatDoesNoJobsLeavesThemAndStillReportsOnThem() throws Exception {
        try (OpenShop shop = OpenShop.with(Map.of("SHOP_JOBS", "false"))) {
            enqueue(shop.shop().wiring().queue, shop.shop());

            assertThat(shop.shop().report().items())
                    .filteredOn(item -> item.id().equals("F5"))
                    .singleElement()
                    .satisfies(item -> assertThat(item.toString()).contains("1 wait"));
            assertThat(shop.shop().wiring().queue.status().waiting()).isEqualTo(1);
        }
    }

    @Test
    void aCopyThatIsOpenedElsewhereHoldsBackWhatItHoldsAndDoesWhatIsNew() throws Exception {
        makeCopyWithAWaitingMail();
        try (OpenShop restored = OpenShop.with(Map.of("SHOP_DATA", copy.toString()))) {
            JobQueue queue = restored.shop().wiring().queue;
            restored.customer("ann@example.org");

            assertThat(queue.quarantine().reason()).get().asString().contains("it is at home at h2:");
            assertThat(restored.shop().wiring().house.health().checks())
                    .filteredOn(check -> check.name().equals("queue"))
                    .extracting(HealthReport.Check::status)
                    .asString()
                    .contains("held back");
            assertThat(queue.status().waiting()).isEqualTo(1);
        }
    }
}
