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

    private static final String OTHER = "a short swim in a cold lake";

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
        keyboard.to("textbox \"E-mail\"").type("first@example.org").to("textbox \"Password\"");
        assertThat(keyboard.described()).contains("At least 8 characters");
        keyboard.type("password").enter();

        assertThat(keyboard.focused()).startsWith("alert");
        assertThat(page.title()).startsWith("Error: ");
        keyboard.to("link \"The password").jump();
        assertThat(keyboard.focused()).startsWith("textbox \"Password\"");
        assertThat(keyboard.described()).contains("Error: The password");
        keyboard.type(ShopClient.PASSWORD).to("button \"Register\"").enter();
        assertThat(heading()).isEqualTo("Check your mail");

        page.navigate(link("first@example.org", "Confirm your address"));
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

    @Test
    void getsBackInWithAForgottenPassword() throws Exception {
        shop.customer("lost@example.org");
        page.navigate("/sign-in");
        keyboard.to("link \"I forgot my password\"").enter();
        keyboard.to("textbox \"E-mail\"").type("lost@example.org").enter();
        assertThat(heading()).isEqualTo("Check your mail");

        page.navigate(link("lost@example.org", "Choose a new password"));
        assertThat(page.url()).endsWith("/reset");
        page.reload();
        keyboard.to("textbox \"New password\"").type("password").enter();
        assertThat(keyboard.focused()).startsWith("alert");
        keyboard.to("textbox \"New password\"").type(OTHER).enter();
        assertThat(keyboard.focused()).startsWith("status");
        signIn("lost@example.org", OTHER);
        assertThat(heading()).isEqualTo("What we have");
    }

    @Test
    void changesThePasswordAndTheAddress() throws Exception {
        shop.customer("change@example.org");
        signIn("change@example.org");
        account("change@example.org", "Password");
        keyboard.to("textbox \"Current password\"").type("not this one");
        keyboard.to("textbox \"New password\"").type(OTHER).enter();
        keyboard.to("link \"The password is wrong").jump();
        assertThat(keyboard.focused()).startsWith("textbox \"Current password\"");
        keyboard.type(ShopClient.PASSWORD);
        keyboard.to("textbox \"New password\"").type(OTHER).enter();
        assertThat(keyboard.focused()).startsWith("status");

        keyboard.to("link \"E-mail\"").enter();
        keyboard.to("textbox \"New address\"").type("changed@example.org");
        keyboard.to("textbox \"Your password\"").type(OTHER).enter();
        assertThat(heading()).isEqualTo("Check your mail");
        page.navigate(link("changed@example.org", "Confirm your new address"));
        keyboard.to("button \"Confirm my new address\"").enter();
        keyboard.to("link \"Your account\"").enter();
        keyboard.to("link \"changed@example.org\"");
    }

    @Test
    void makesAndRevokesAnApiKey() throws Exception {
        shop.customer("keys@example.org");
        signIn("keys@example.org");
        account("keys@example.org", "API keys");
        keyboard.to("textbox \"What it is for\"").type("Till").enter();
        assertThat(keyboard.focused()).startsWith("alert");
        keyboard.to("checkbox \"orders:read\"").press("Space");
        keyboard.to("button \"Make a key\"").enter();
        String key = page.locator("#key").textContent();
        assertThat(shop.client()
                        .get("/api/orders", "Authorization", "Bearer " + key)
                        .status())
                .isEqualTo(200);
        keyboard.to("link \"All keys\"").enter();
        keyboard.to("button \"Revoke Till\"").enter();
        assertThat(keyboard.focused()).startsWith("status");
        assertThat(shop.client()
                        .get("/api/orders", "Authorization", "Bearer " + key)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void asksForAHigherLimitAndAnOperatorGrantsIt() throws Exception {
        shop.customer("limit@example.org");
        signIn("limit@example.org");
        account("limit@example.org", "Limits");
        keyboard.to("spinbutton \"Units that you need\"").type("50");
        keyboard.to("textbox \"What you need them for\"").type("a sale").enter();
        assertThat(keyboard.focused()).startsWith("alert");
        keyboard.to("spinbutton \"Units that you need\"").press("Control+A").type("500");
        keyboard.to("button \"Ask for more\"").enter();
        assertThat(page.locator("main").textContent()).contains("500 units").contains("pending");
        keyboard.to("button \"Sign out\"").enter();

        signIn(OpenShop.ADMIN);
        account(OpenShop.ADMIN, "Second factor");
        keyboard.to("button \"Set up an authenticator app\"").enter();
        String secret = page.locator("#secret").textContent();
        keyboard.to("textbox \"The six digits").type(TotpCode.now(secret)).enter();
        keyboard.to("link \"I have kept them\"").enter();
        keyboard.to("link \"Operations\"").enter();
        keyboard.to("link \"Requests for higher limits\"").enter();
        keyboard.to("textbox \"Why\"").type("known to us");
        keyboard.to("button \"Grant limit@example.org").enter();
        assertThat(keyboard.focused()).startsWith("status");
        assertThat(page.locator("main").textContent()).contains("granted");
        looksAtBackups();
    }

    private void looksAtBackups() {
        keyboard.to("link \"Operations\"").enter();
        keyboard.to("link \"Removal of old backups\"").enter();
        assertThat(heading()).isEqualTo("Removal of old backups");
        keyboard.to("link \"Operations\"").enter();
        page.locator("summary:has-text('Plan the removal')").focus();
        page.keyboard().press("Enter");
        keyboard.to("button \"Plan the removal of old backups\"").enter();
        assertThat(page.locator("main").textContent()).contains("0 backups would go");
    }

    private void account(String email, String tab) {
        keyboard.to("link \"" + email + "\"").enter();
        keyboard.to("link \"" + tab + "\"").enter();
    }

    private void signIn(String email) {
        signIn(email, ShopClient.PASSWORD);
    }

    private void signIn(String email, String password) {
        page.navigate("/");
        keyboard.to("link \"Sign in\"").enter();
        keyboard.to("textbox \"E-mail\"").type(email);
        keyboard.to("textbox \"Password\"").type(password);
        keyboard.to("button \"Sign in\"").enter();
    }

    private String heading() {
        return page.locator("h1").textContent();
    }

    /** Where the link of the newest letter about this leads. */
    private String link(String email, String about) throws InterruptedException {
        String text = shop.client().mail(email, about, "text");
        return text.replaceFirst("(?s).*?https?://[^/]+(/\\S+).*", "$1");
    }
}
