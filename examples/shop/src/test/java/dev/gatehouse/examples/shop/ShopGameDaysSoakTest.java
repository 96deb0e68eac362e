// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.readiness.ReadinessItem;
import dev.gatehouse.readiness.ReadinessStatus;
import dev.gatehouse.resilience.gameday.GameDayResult;
import dev.gatehouse.resilience.gameday.junit.GameDayExtension;
import dev.gatehouse.resilience.gameday.junit.GameDayTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every scenario of the shop, played on the real shop: each takes as long as its dependency takes to recover. */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ShopGameDaysSoakTest {

    private OpenShop shop;

    // region game-day-test
    @RegisterExtension
    final GameDayExtension gameDays = new GameDayExtension(() -> shop.shop().wiring().gameDays);

    @GameDayTest("payments-lost-answers")
    void chargesNobodyTwice(GameDayResult result) {
        assertThat(result.opened()).contains("payments");
        List<String> charged = charged();
        assertThat(charged).hasSizeGreaterThan(1).doesNotHaveDuplicates();
    }
    // endregion

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private List<String> charged() {
        return shop.client().get("/dev/payments").list().stream()
                .map(charge -> String.valueOf(((Map<?, ?>) charge).get("order")))
                .toList();
    }

    @GameDayTest("payments-down")
    void takesOrdersWhilePaymentsAreDown() {
        assertThat(Collections.frequency(charged(), "")).isZero();
    }

    @GameDayTest("payments-hang")
    void takesOrdersInTimeWhilePaymentsHang(GameDayResult result) {
        assertThat(result.opened()).containsExactly("payments");
    }

    @GameDayTest("search-down")
    void findsProductsWhileSearchIsDown(GameDayResult result) {
        assertThat(result.opened()).containsExactly("search");
    }

    @GameDayTest("mail-down")
    void queuesMailsWhileMailIsDown(GameDayResult result) {
        assertThat(result.opened()).containsExactly("mail");
    }

    @GameDayTest("database-down")
    void showsProductsWhileTheDatabaseIsDown(GameDayResult result) {
        assertThat(result.opened()).isEmpty();
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void whatWasPlayedIsEvidence() {
        ReadinessItem item = shop.shop().report().items().stream()
                .filter(each -> each.id().equals("F7"))
                .findFirst()
                .orElseThrow();

        assertThat(item.status()).as(item.toString()).isEqualTo(ReadinessStatus.VERIFIED);
    }
}
