// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.http.Cookie;
import dev.gatehouse.http.Cookies;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The token of a mailed link. Following the link only moves the token out of the address bar, where history, screenshots
 * and the next site's logs would see it, into a cookie of this browser; pressing the page's button consumes it. So a
 * mail scanner that follows links burns none.
 */
final class MailedToken {

    /** What is said of any token that is not good. */
    static final String BAD = "The link is wrong, was used before, or is too old.";

    private static final Duration LIVES = Duration.ofHours(1);
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._~-]{1,500}");

    private final String cookie;
    private final String page;

    /** The token of the links to {@code page}, kept in a cookie of this name meanwhile. */
    MailedToken(String cookie, String page) {
        this.cookie = cookie;
        this.page = page;
    }

    /** The way on to the page without the token, when this request's address has one. */
    Optional<Answer> moved(Call call) {
        Optional<String> token =
                call.query("token").filter(text -> SHAPE.matcher(text).matches());
        token.ifPresent(text -> hold(call, Secret.of(text)));
        return token.map(text -> Answer.seeOther(page));
    }

    /** Has this browser hold a token as if it had followed a link. */
    void hold(Call call, Secret token) {
        Cookie.host(cookie, token.reveal()).maxAge(LIVES).addTo(call.exchange());
    }

    /** The token, if this browser followed a link. */
    Optional<Secret> held(Call call) {
        return Optional.ofNullable(Cookies.of(call.exchange()).get("__Host-" + cookie))
                .map(Secret::of);
    }

    /** Forgets it, once it was used or proved bad. */
    void forget(Call call) {
        Cookie.host(cookie, "none").cleared().addTo(call.exchange());
    }
}
