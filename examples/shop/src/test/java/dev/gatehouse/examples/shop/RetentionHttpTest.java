// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Operators look at what would be removed and what panels offer; administrators approve; nobody else gets anywhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionHttpTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    private OpenShop shop;
    private ShopClient root;
    private ShopClient operator;
    private ShopClient ann;
    private int unfinished;

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
        root = shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
        ann = shop.customer("ann@example.org");
        operator = shop.customer("operator@example.org");
        String id = operator.get("/api/session").text("account");
        expect(204, root.send("PUT", "/api/accounts/" + id + "/roles", "{\"roles\":[\"operator\"]}"));
        operator.signIn("operator@example.org", ShopClient.PASSWORD).enrolTotp();
        shop.awaitRun(expect(202, root.send("POST", "/ops/backups", null)).text("id"));
    }

    @AfterAll
    void close() {
        shop.close();
    }

    /** What a run that was killed leaves behind: something that may go without any proof. */
    private String leaveSomethingUnfinished() throws IOException {
        String id = id(++unfinished);
        Path data = Files.createDirectories(
                shop.data().resolve("backups/v1/shop/data").resolve(id));
        Files.writeString(data.resolve("database.mv.db.0.zst.aead"), "cut short");
        return id;
    }

    private static String id(int number) {
        return "%032x".formatted(number);
    }

    private static String plan(ShopClient client) {
        return expect(200, client.get("/ops/retention")).text("plan");
    }

    private static String page(ShopClient client) {
        return expect(200, client.get("/ops/retention", "Accept", "text/html")).body();
    }

    private static Reply approve(ShopClient client, String plan, String... headers) {
        return client.send("POST", "/ops/retention", "{\"plan\":\"" + plan + "\"}", headers);
    }

    private String audited(String action) {
        return root.get("/api/audit").body().replaceAll("(?s).*?(" + action + ").*", "$1");
    }

    @Test
    void anAdministratorApprovesTheVeryPlanOnThePageAndTakesItBack() throws Exception {
        String id = leaveSomethingUnfinished();
        String shown = page(root);
        assertThat(shown).contains("Approve this plan", id, "only 0 of at least 2 backups have passed a drill");
        String plan = shown.replaceAll("(?s).*name=\"plan\" value=\"([0-9a-f]{64})\".*", "$1");

        Reply approved = root.send("POST", "/ops/retention", "plan=" + plan, "Content-Type", FORM);
        assertThat(approved.status()).isEqualTo(303);
        assertThat(page(root)).contains("Approved by " + OpenShop.ADMIN, "Never finished");
        assertThat(audited("backup.removal.approved")).isEqualTo("backup.removal.approved");

        Reply again = root.send("POST", "/ops/retention", "plan=" + plan, "Content-Type", FORM, "Accept", "text/html");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.body()).contains("Look at the plan as it is now");

        // With it went whatever the other tests had left.
        for (int each = 1; each <= unfinished; each++) {
            expect(204, root.send("POST", "/ops/retention/" + id(each), null));
        }
        assertThat(root.get("/ops/retention").body()).contains("\"pending\":[]");
        assertThat(audited("backup.removal.withdrawn")).isEqualTo("backup.removal.withdrawn");
        assertThat(root.send("POST", "/ops/retention/" + id, null).status()).isEqualTo(404);
    }

    @Test
    void aPlanThatIsNoLongerTheOneIsNotApproved() throws Exception {
        leaveSomethingUnfinished();
        String plan = plan(root);
        leaveSomethingUnfinished();
        Reply late = approve(root, plan);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("detail")).contains("changed");
        assertThat(approve(root, "f".repeat(64)).status()).isEqualTo(409);
        assertThat(approve(root, "short").status()).isEqualTo(422);
        assertThat(root.get("/ops/retention").body()).contains("\"pending\":[]");
    }

    @Test
    void anOperatorLooksAndDoesNotApprove() throws Exception {
        leaveSomethingUnfinished();
        assertThat(page(operator)).contains("An administrator can approve it.").doesNotContain("Approve this plan");
        assertThat(approve(operator, plan(operator)).status()).isEqualTo(403);
        expect(200, operator.send("POST", "/ops/panels/backups/plan-removal", null));
        String offered = root.get("/ops").body().replaceAll("(?s).*(/ops/panels/backups/approve-[a-z0-9-]+).*", "$1");
        assertThat(offered).startsWith("/ops/panels/backups/approve-removal-");
        assertThat(operator.send("POST", offered, null).status()).isEqualTo(403);
        assertThat(operator.get("/ops", "Accept", "text/html").body()).doesNotContain(offered);
        assertThat(root.get("/ops", "Accept", "text/html").body()).contains("action=\"" + offered + "\"");
        assertThat(root.get("/ops/retention").body()).contains("\"pending\":[]");
    }

    @Test
    void anotherSiteApprovesNothingInSomebodysName() throws Exception {
        leaveSomethingUnfinished();
        String plan = plan(root);
        for (List<String> headers : List.of(
                List.of("Origin", "https://evil.example"),
                List.of("Origin", "null"),
                List.of("Sec-Fetch-Site", "cross-site"))) {
            String[] sent = headers.toArray(String[]::new);
            assertThat(approve(root, plan, sent).status()).isEqualTo(403);
            assertThat(root.send("POST", "/ops/panels/backups/plan-removal", null, sent)
                            .status())
                    .isEqualTo(403);
        }
        assertThat(root.get("/ops/retention").body()).contains("\"pending\":[]");
    }

    @Test
    void aCustomerGetsNowhere() {
        for (String path : List.of("/ops/retention", "/ops/retention/x", "/ops/panels/backups/plan-removal")) {
            assertThat(ann.send("POST", path, "{}").status()).isEqualTo(403);
            assertThat(shop.client().send("POST", path, "{}").status()).isEqualTo(401);
        }
        for (String path : List.of("/ops/retention", "/ops/runbook", "/ops/backups")) {
            assertThat(ann.get(path).status()).isEqualTo(403);
        }
    }

    @Test
    void namesThatLeadElsewhereLeadNowhere() {
        String huge = "a".repeat(3_000);
        for (String name : List.of("..", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "..%5c..", "%00", huge)) {
            assertThat(root.get("/ops/backups/" + name).status()).isBetween(400, 499);
            assertThat(root.send("POST", "/ops/retention/" + name, null).status())
                    .isBetween(400, 499);
            assertThat(root.send("POST", "/ops/panels/" + name + "/plan-removal", null)
                            .status())
                    .isBetween(400, 499);
        }
        assertThat(root.post("/ops/drills", Map.of("backup", huge)).status()).isEqualTo(422);
    }

    @Test
    void everyPanelShowsItsActionsInItsPlace() {
        String console = root.get("/ops", "Accept", "text/html").body();
        assertThat(console)
                .contains("action=\"/ops/panels/backups/plan-removal\"")
                .contains("action=\"/ops/panels/accounts-and-sign-in/remove-expired\"");
        Reply done = expect(200, root.send("POST", "/ops/panels/accounts-and-sign-in/remove-expired", null));
        assertThat(done.text("outcome")).isNotBlank();
        assertThat(root.send("POST", "/ops/panels/backups/no-such-action", null).status())
                .isEqualTo(404);
    }
}
