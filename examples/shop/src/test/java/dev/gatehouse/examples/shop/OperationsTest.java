// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperationsTest {

    private OpenShop shop;
    private ShopClient root;
    private ShopClient ann;

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
        root = shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
        ann = shop.customer("ann@example.org");
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Nested
    class Backups {

        @Test
        void aBackupIsMadeAndADrillOfItSucceeds() throws Exception {
            ann.order("honey", 1);
            String backup = run("/ops/backups");
            String drill = run("/ops/drills");

            assertThat(root.get("/ops/backups/" + backup).json().get("kind")).isEqualTo("backup");
            Map<?, ?> drilled = root.get("/ops/backups/" + drill).json();
            assertThat(drilled.get("kind")).isEqualTo("drill");
            assertThat(drilled.get("backup")).isEqualTo(backup);
            assertThat(root.get("/ops/backups").list()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(root.get("/ops/backups/none").status()).isEqualTo(404);
            Path runbook = shop.data().resolve("backups/RUNBOOK.md");
            Await.until("the runbook to be written", () -> Files.exists(runbook));
            assertThat(runbook).content().contains("It was backup " + backup);
        }

        @Test
        void aDrillsBodyMustBeJsonIfThereIsOne() {
            assertThat(root.send("POST", "/ops/drills", "{}", "Content-Type", "text/plain")
                            .status())
                    .isEqualTo(415);
            assertThat(root.send("POST", "/ops/drills", "{").status()).isEqualTo(400);
        }

        private String run(String path) throws InterruptedException {
            String id = expect(202, root.send("POST", path, null)).text("id");
            shop.awaitRun(id);
            assertThat(root.get("/ops/backups/" + id).text("status"))
                    .as(root.get("/ops/backups/" + id).body())
                    .isEqualTo("succeeded");
            return id;
        }

        @Test
        void theRunbookNamesThisShopsPlaces() {
            assertThat(root.get("/ops/runbook").body()).contains("# Restoring Corner Shop", "java -jar", "STORE=");
            assertThat(root.get("/ops/runbook", "Accept", "text/html").body())
                    .startsWith("<!doctype html>")
                    .contains("Restoring Corner Shop – Corner Shop", "/assets/shop.css", "<pre>JAR=");
            assertThat(ann.get("/ops/runbook").status()).isEqualTo(403);
        }

        @Test
        void aCustomerMayNotMakeOne() {
            Reply refused = ann.send("POST", "/ops/backups", null);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("type")).endsWith("/forbidden");
        }
    }

    @Nested
    class Audit {

        @Test
        void anOperatorReadsEverybodysAndACustomerTheirOwn() {
            assertThat(root.get("/api/audit?account=ann%40example.org").body()).contains("auth.login");
            assertThat(ann.get("/api/audit").status()).isEqualTo(200);
            Reply foreign = ann.get("/api/audit?account=" + OpenShop.ADMIN);
            assertThat(foreign.status()).isEqualTo(403);
            assertThat(foreign.text("type")).endsWith("/forbidden");
            refused(ann.get("/api/audit?from=yesterday"));
            refused(ann.get("/api/audit?cursor=mine"));
        }

        private void refused(Reply reply) {
            assertThat(reply.status()).isEqualTo(422);
        }
    }

    @Nested
    class Probes {

        @Test
        void livenessAsksNothingAndReadinessTheDatabase() {
            assertThat(ann.get("/health/live").body()).startsWith("{\"status\":\"up\",\"checks\":[");
            Reply ready = shop.client().get("/health/ready");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.body())
                    .contains("{\"name\":\"database\",\"status\":\"up\"}")
                    .doesNotContain("payments");
        }

        @Test
        void metricsAreForAScraperOnThisMachine() throws Exception {
            assertThat(shop.client().get("/metrics").status()).isEqualTo(403);
            assertThat(PlainGet.of(shop.url().resolve("/metrics"))).contains("# HELP");
            assertThat(PlainGet.of(shop.url().resolve("/metrics"), "X-Forwarded-Port", "443"))
                    .contains("/forbidden")
                    .doesNotContain("# HELP");
        }

        @Test
        void theReadinessReportIsForOperatorsAsAPageToo() {
            assertThat(ann.get("/ops/readiness").status()).isEqualTo(403);
            assertThat(root.get("/ops/readiness").body()).contains("\"id\":\"G13\"", "\"status\":\"EXEMPT\"");
            assertThat(root.get("/ops/readiness", "Accept", "text/html").body())
                    .startsWithIgnoringCase("<!doctype html>");
        }
    }

    @Nested
    class WhatIsNotBuiltYet {

        @Test
        void saysWhatIsMissing() {
            Reply support = root.get("/support");
            assertThat(support.status()).isEqualTo(501);
            assertThat(support.text("missing")).isEqualTo("the support console");
        }
    }

    @Nested
    class WhatIsNotThere {

        @Test
        void isNotFoundOrNotAllowed() {
            assertThat(ann.get("/api/nothing").status()).isEqualTo(404);
            Reply wrong = ann.send("DELETE", "/api/products", null);
            assertThat(wrong.status()).isEqualTo(405);
            assertThat(wrong.header("Allow")).contains("GET");
            Reply page = ann.get("/nothing", "Accept", "text/html");
            assertThat(page.status()).isEqualTo(404);
            assertThat(page.body()).contains(page.header("X-Request-Id"));
        }
    }

    @Nested
    class Development {

        @Test
        void theTraceGoesOnToThisMachineOnly() throws Exception {
            BlockingQueue<List<String>> seen = new LinkedBlockingQueue<>();
            HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            other.createContext("/", exchange -> {
                seen.add(exchange.getRequestHeaders().get("traceparent"));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            other.start();
            try {
                String trace = "0af7651916cd43dd8448eb211c80319c";
                String url = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
                Reply reply = ann.send(
                        "POST",
                        "/test",
                        "[{\"url\":\"" + url + "\",\"arguments\":[]}]",
                        "traceparent",
                        "00-" + trace + "-b7ad6b7169203331-01");
                assertThat(reply.status()).isEqualTo(200);
                assertThat(seen.poll(10, TimeUnit.SECONDS))
                        .singleElement()
                        .asString()
                        .startsWith("00-" + trace + "-");
            } finally {
                other.stop(0);
            }
        }

        @Test
        void otherMachinesAreNotCalled() {
            for (String url :
                    List.of("http://example.org/", "http://10.0.0.1/", "file:///etc/passwd", "http://x@127.0.0.1")) {
                assertThat(ann.send("POST", "/test", "[{\"url\":\"" + url + "\",\"arguments\":[]}]")
                                .status())
                        .isEqualTo(422);
            }
        }
    }

    @Test
    void theRootSecretIsReadableByItsOwnerOnly() throws IOException {
        Path secret = shop.data().resolve("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
    }
}
