// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.gatehouse.audit.Actor;
import dev.gatehouse.testing.NeedsProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What somebody sees in a real browser while part of the shop is off. */
@NeedsProgram("chromium")
class DegradedPagesTest {

    private final List<String> complaints = new ArrayList<>();

    @Test
    void everyPageSaysWhatItIsAboutAndGoesOn() throws IOException {
        try (OpenShop shop = OpenShop.with(Map.of());
                Chromium chromium = new Chromium()) {
            for (String feature : new String[] {"search", "checkout", "mail"}) {
                shop.shop().wiring().features.turnOff(feature, Actor.system("test"), "a look", Optional.empty());
            }
            Page page = chromium.page(shop.url());
            page.onConsoleMessage(message -> complaints.add(message.text()));
            page.onPageError(complaints::add);

            page.navigate("/?q=tea");
            assertThat(page.locator(".notice")).hasCount(2);
            assertThat(page.locator("main")).containsText("You cannot order just now.");
            assertThat(page.locator("main")).containsText("Search is switched off just now.");
            assertThat(page.locator("ul.products li")).hasCount(1);
            assertThat(page.locator("ul.products button")).hasCount(0);
            picture(page, "home");
            page.navigate("/register");
            assertThat(page.locator(".notice")).containsText("We send no letters just now.");
            picture(page, "register");
            assertThat(complaints).isEmpty();
        }
    }

    /** For people who want to look: the variable {@code SHOP_PICTURES} names a folder. */
    private static void picture(Page page, String name) {
        Optional.ofNullable(System.getenv("SHOP_PICTURES"))
                .ifPresent(folder -> page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of(folder, name + ".png"))
                        .setFullPage(true)));
    }
}
