// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static dev.gatehouse.examples.shop.ShopClient.orderBody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.Parsed;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopProcessTest {

    @TempDir
    Path data;

    @Nested
    class OnSigterm {

        @Test
        void aSlowOrderIsFinishedReadinessTurnsFirstAndTheExitIsClean() throws Exception {
            try (ShopProcess shop = ShopProcess.start(data, Map.of("SHOP_LOG", "json"))) {
                ShopClient ann = shop.client().signUp("ann@example.org");
                ShopClient root = shop.client()
                        .signIn(OpenShop.ADMIN, ShopClient.PASSWORD)
                        .enrolTotp();
                expect(
                        200,
                        root.post(
                                "/ops/faults", Map.of("dependency", "payments", "latencyMs", 1_500, "forSeconds", 60)));
                CompletableFuture<Reply> order = ann.sendAsync("POST", "/api/orders", orderBody("honey", 1));
                Await.until(
                        "the order in the book",
                        () -> !ann.get("/api/orders").list().isEmpty());

                shop.terminate();
                Await.until(
                        "readiness to turn",
                        () -> shop(shop).get("/health/ready").status() == 503);

                assertThat(order.join().status()).isEqualTo(201);
                assertThat(shop.exitCode()).isZero();
                assertThat(linesThatAreNotJson(shop.output())).hasSize(1);
            }
        }

        private ShopClient shop(ShopProcess shop) {
            try {
                return shop.client();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        private List<String> linesThatAreNotJson(List<String> lines) {
            return lines.stream()
                    .filter(line -> !(JsonReader.read(line.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Value))
                    .toList();
        }
    }

    @Nested
    class OnSigkill {

        @Test
        void noOrderThatWasAnsweredIsLostNorChargedTwice() throws Exception {
            ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
            try (ShopProcess shop = ShopProcess.start(data, Map.of())) {
                ShopClient ann = shop.client().signUp("ann@example.org");
                AtomicBoolean dead = new AtomicBoolean();
                List<Thread> buyers = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    Thread buyer = new Thread(() -> buyUntil(dead, ann, answered), "buyer");
                    buyer.start();
                    buyers.add(buyer);
                }
                Await.until("twenty orders", () -> answered.size() >= 20);
                shop.kill();
                dead.set(true);
                for (Thread buyer : buyers) {
                    buyer.join();
                }
            }
            try (ShopProcess shop = ShopProcess.start(data, Map.of())) {
                ShopClient ann = shop.client().signIn("ann@example.org", ShopClient.PASSWORD);
                String orders = ann.get("/api/orders").body();
                String ledger = ann.get("/dev/payments").body();
                assertThat(answered).allSatisfy(id -> {
                    assertThat(orders).contains("{\"id\":\"" + id + "\",\"status\":\"paid\"");
                    assertThat(ledger).containsOnlyOnce(id);
                });
                Await.until(
                        "what was pending to be paid",
                        () -> !ann.get("/api/orders").body().contains("payment-pending"));
            }
        }

        private void buyUntil(AtomicBoolean dead, ShopClient client, ConcurrentLinkedQueue<String> answered) {
            while (!dead.get()) {
                try {
                    Reply reply = client.order("honey", 1);
                    if (reply.status() == 201) {
                        answered.add(reply.text("id"));
                    }
                } catch (RuntimeException e) {
                    return; // the shop is dead
                }
            }
        }
    }

    @Nested
    class InProduction {

        @Test
        void developmentValuesAreRefusedAllAtOnce() throws Exception {
            try (ShopProcess shop =
                    ShopProcess.start(data, Map.of("SHOP_PROFILE", "production", "SHOP_SESSION_IDLE", "soon"))) {
                assertThat(shop.exitCode()).isEqualTo(78);
                assertThat(shop.output()).isEmpty();
                assertThat(shop.errors())
                        .contains(
                                "SHOP_PUBLIC_URL",
                                "SHOP_SECRET",
                                "SHOP_PAYMENTS_URL",
                                "SHOP_SEARCH_URL",
                                "SHOP_MAIL_URL",
                                "SHOP_SESSION_IDLE")
                        .doesNotContain(ShopClient.PASSWORD);
            }
        }

        @Test
        void aKeyBesideTheBackupsIsRefused() throws Exception {
            try (ShopProcess shop = ShopProcess.start(data, Map.of("SHOP_PROFILE", "production"))) {
                assertThat(shop.exitCode()).isEqualTo(78);
                assertThat(shop.errors()).contains("backup-key-file.beside", "SHOP_PUBLIC_URL");
            }
        }

        @Test
        void aRightConfigurationOpensWithoutDevelopmentsEndpoints() throws Exception {
            Map<String, String> right = Map.of(
                    "SHOP_PROFILE", "production",
                    "SHOP_PUBLIC_URL", "https://shop.example.org",
                    "SHOP_SECRET", "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=",
                    "SHOP_PAYMENTS_URL", "https://payments.example.org",
                    "SHOP_SEARCH_URL", "https://search.example.org",
                    "SHOP_MAIL_URL", "https://mail.example.org",
                    "SHOP_BACKUP_KEY_FILE", Files.createTempDirectory("keys").resolve("k") + "");
            try (ShopProcess shop = ShopProcess.start(data, right)) {
                Await.until(
                        "the line", () -> shop.output().contains("Corner Shop is open at https://shop.example.org"));
                assertThat(shop.output()).isNotEmpty();
            }
        }
    }

    @Nested
    class TheReadinessCommand {

        @Test
        void ofAFreshShopFailsForThereIsNoDrill() throws Exception {
            try (ShopProcess command = ShopProcess.start(data, Map.of(), "readiness", "--format=json")) {
                assertThat(command.exitCode()).isEqualTo(1);
                String report = String.join("\n", command.output());
                assertThat(report).startsWith("{\"generatedAt\"").contains("\"id\":\"G13\"", "\"EXEMPT\"");
            }
        }

        @Test
        void examinesACopyWhileTheShopRunsAndAsksItWithATicket() throws Exception {
            try (ShopProcess shop = ShopProcess.start(data, Map.of())) {
                URI url = shop.url();
                try (ShopProcess command = ShopProcess.start(data, Map.of(), "readiness", "--fail-level=failed")) {
                    assertThat(command.exitCode()).as(command.errors()).isBetween(0, 1);
                    assertThat(String.join("\n", command.output())).contains("A1");
                }
                try (ShopProcess command =
                        ShopProcess.start(data, Map.of(), "readiness", "--format=json", "--url=" + url)) {
                    assertThat(command.exitCode()).isEqualTo(1);
                    assertThat(String.join("\n", command.output())).startsWith("{\"generatedAt\"");
                }
                assertThat(shop.client().get("/ops/readiness/report").status()).isEqualTo(401);
                assertThat(shop.client()
                                .get("/ops/readiness/report", "X-Operator-Ticket", "1.00")
                                .status())
                        .isEqualTo(401);
            }
        }

        @Test
        void saysWhyThereIsNone() throws Exception {
            try (ShopProcess command = ShopProcess.start(data, Map.of(), "readiness", "--url=http://127.0.0.1:1")) {
                assertThat(command.exitCode()).isEqualTo(1);
                assertThat(command.errors()).contains("No report: ");
            }
        }

        @Test
        void refusesOptionsItDoesNotKnow() throws Exception {
            try (ShopProcess command = ShopProcess.start(data, Map.of(), "readiness", "--format=xml")) {
                assertThat(command.exitCode()).isEqualTo(64);
                assertThat(command.errors()).contains("--format=text|json|html");
            }
        }
    }

    @Test
    void theBadDayThatIsNotBuiltYetSaysSo() throws Exception {
        try (ShopProcess command = ShopProcess.start(data, Map.of(), "bad-day")) {
            assertThat(command.exitCode()).isNotZero();
            assertThat(command.errors()).contains("not built yet");
        }
    }
}
