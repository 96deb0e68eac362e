// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
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

/** Somebody who shops by hand, in a real browser, under the real content security policy. */
@NeedsProgram("chromium")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ByHandTest {

    private final List<String> complaints = new ArrayList<>();
    private OpenShop shop;
    private Chromium chromium;
    private Page page;

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
        complaints.clear();
        page = chromium.page(shop.url());
        page.onConsoleMessage(message -> complaints.add(message.text()));
        page.onPageError(complaints::add);
    }

    @AfterEach
    void leave() {
        page.context().close();
    }

    @Test
    void registersConfirmsSignsInAndBuys() throws InterruptedException {
        register("hand@example.org");
        follow("hand@example.org");
        signIn("hand@example.org", ShopClient.PASSWORD);
        assertThat(page.getByRole(AriaRole.LINK, named("hand@example.org"))).isVisible();

        page.getByLabel("Search").fill("tea");
        press("Search");
        press("Buy Green tea, 250 g");
        assertThat(page.locator("main")).containsText("Status: paid");
        assertThat(page.locator("main")).containsText("9.80 EUR");

        page.getByRole(AriaRole.LINK, named("Orders").setExact(true)).click();
        assertThat(page.locator("tbody tr")).hasCount(1);
        press("Sign out");
        assertThat(page.getByRole(AriaRole.LINK, named("Sign in"))).isVisible();
        assertThat(complaints).isEmpty();
    }

    @Test
    void anErrorShowsTheRequestId() {
        Response response = page.navigate("/nothing-here");
        assertThat(response.status()).isEqualTo(404);
        assertThat(page.locator("main")).containsText(response.headerValue("x-request-id"));
    }

    @Test
    void aPageForCustomersLeadsToTheSignInAndBack() throws InterruptedException {
        register("back@example.org");
        follow("back@example.org");
        page.navigate("/account");
        assertThat(page).hasURL("http://localhost:" + shop.url().getPort() + "/sign-in?next=%2Faccount");
        fillIn("back@example.org", ShopClient.PASSWORD);
        assertThat(page.locator("h1")).hasText("Your account");
    }

    @Test
    void aWrongPasswordSaysNoMoreThanThat() {
        signIn("nobody@example.org", "not the password");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("wrong");
    }

    private void register(String email) {
        page.navigate("/register");
        page.getByLabel("E-mail").fill(email);
        page.getByLabel("Password").fill(ShopClient.PASSWORD);
        press("Register");
        assertThat(page.locator("h1")).hasText("Check your mail");
    }

    private void follow(String email) throws InterruptedException {
        Await.until(
                "the letter",
                () -> shop.client()
                        .get("/dev/mailbox?to=" + email.replace("@", "%40"))
                        .body()
                        .contains("token"));
        page.navigate("/dev/mailbox?to=" + email.replace("@", "%40"));
        page.getByRole(AriaRole.LINK, named("Open the link of this letter")).click();
        press("Confirm my address");
        assertThat(page.locator("h1")).hasText("Welcome");
    }

    private void signIn(String email, String password) {
        page.navigate("/sign-in");
        fillIn(email, password);
    }

    private void fillIn(String email, String password) {
        page.getByLabel("E-mail").fill(email);
        page.getByLabel("Password").fill(password);
        press("Sign in");
    }

    private void press(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }
}
