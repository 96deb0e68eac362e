// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.gatehouse.testing.NeedsProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Somebody who uses every page of an account without a mouse, by what a screen reader says. */
@NeedsProgram("chromium")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ByKeyboardTest {

    private final List<String> broken = new ArrayList<>();
    private OpenShop shop;
    private Chromium chromium;
    private Page page;
    private Keyboard keyboard;

    @BeforeAll
    void open() throws IOException {
        shop = OpenShop.with(Map.of());
        chromium = new Chromium();
    }

    @AfterAll
    void close() {
        chromium.close();
        shop.close();
    }

    @BeforeEach
    void enter() {
        broken.clear();
        page = chromium.page(shop.url());
        page.onDOMContentLoaded(
                loaded -> PageRules.broken(loaded).forEach(rule -> broken.add(loaded.url() + ": " + rule)));
        page.onPageError(broken::add);
        keyboard = new Keyboard(page);
    }

    @AfterEach
    void leave() {
        page.context().close();
        assertThat(broken).isEmpty();
    }

    @Test
    void registersAndConfirmsTheAddress() throws Exception {
        page.navigate("/");
        keyboard.to("link \"Skip to the content\"").jump();
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
        page.navigate("/");
        keyboard.to("link \"Register\"").enter();
        keyboard.to("textbox \"E-mail\"").type("keys@example.org").to("textbox \"Password\"");
        assertThat(keyboard.described()).contains("At least 8 characters");
        keyboard.type("password").enter();

        assertThat(keyboard.focused()).startsWith("alert");
        assertThat(page.title()).startsWith("Error: ");
        keyboard.to("link \"The password").jump();
        assertThat(keyboard.focused()).startsWith("textbox \"Password\"");
        assertThat(keyboard.described()).contains("Error: The password");
        keyboard.type(ShopClient.PASSWORD).to("button \"Register\"").enter();
        assertThat(heading()).isEqualTo("Check your mail");

        page.navigate(link("keys@example.org"));
        assertThat(page.url()).endsWith("/verify");
        keyboard.to("button \"Confirm my address\"").enter();
        assertThat(heading()).isEqualTo("Welcome");
        keyboard.to("link \"Sign in\"");
    }

    @Test
    void setsUpASecondFactorAndSignsInWithIt() throws Exception {
        shop.customer("factor@example.org");
        signIn("factor@example.org");
        keyboard.to("link \"factor@example.org\"").enter();
        keyboard.to("link \"Second factor\"").enter();
        keyboard.to("button \"Set up an authenticator app\"").enter();
        assertThat(page.locator("svg[role=img]").getAttribute("aria-label")).contains("QR code");
        String secret = page.locator("#secret").textContent();
        keyboard.to("textbox \"The six digits").type("000000").enter();
        assertThat(keyboard.focused()).startsWith("alert");
        keyboard.to("textbox \"The six digits").type(TotpCode.now(secret)).enter();
        assertThat(page.locator("ul.codes li").count()).isEqualTo(10);
        String recovery = page.locator("ul.codes code").first().textContent();
        keyboard.to("button \"Sign out\"").enter();

        signIn("factor@example.org");
        keyboard.to("textbox \"Code\"").type("nonsense").enter();
        assertThat(keyboard.focused()).startsWith("alert");
        keyboard.to("textbox \"Code\"").type(recovery).enter();
        keyboard.to("link \"factor@example.org\"").enter();
        assertThat(page.locator("main").textContent()).contains("an authenticator app, used in this session");
    }

    @Test
    void signsAnotherDeviceOut() throws Exception {
        ShopClient other = shop.customer("devices@example.org");
        signIn("devices@example.org");
        keyboard.to("link \"devices@example.org\"").enter();
        keyboard.to("link \"Devices\"").enter();
        keyboard.to("button \"Sign out Java-http-client").enter();
        assertThat(keyboard.focused()).startsWith("status");
        assertThat(page.locator("ul.cards li").count()).isEqualTo(1);
        assertThat(other.get("/api/session").status()).isEqualTo(401);
    }

    private void signIn(String email) {
        page.navigate("/");
        keyboard.to("link \"Sign in\"").enter();
        keyboard.to("textbox \"E-mail\"").type(email);
        keyboard.to("textbox \"Password\"").type(ShopClient.PASSWORD);
        keyboard.to("button \"Sign in\"").enter();
    }

    private String heading() {
        return page.locator("h1").textContent();
    }

    /** Where the newest letter's link leads. */
    private String link(String email) throws InterruptedException {
        String text = shop.client().mail(email, "text");
        return text.replaceFirst("(?s).*?https?://[^/]+(/\\S+).*", "$1");
    }
}
