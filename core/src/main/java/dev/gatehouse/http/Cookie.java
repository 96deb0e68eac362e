// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A cookie to be set (RFC 6265bis). What is dangerous has to be asked for by name: a cookie is sent over HTTPS only, is
 * hidden from scripts and stays away from cross-site requests unless said otherwise. Immutable.
 */
public final class Cookie {

    /** Whether the cookie goes along with requests from other sites. */
    public enum SameSite {
        /** Never. */
        STRICT("Strict"),
        /** Only when the user follows a link. */
        LAX("Lax"),
        /** Always. */
        NONE("None");

        private final String word;

        SameSite(String word) {
            this.word = word;
        }
    }

    private static final Duration LONGEST = Duration.ofDays(400);
    private static final int MOST_BYTES = 4096;

    private final String name;
    private final String value;
    private final boolean secure;
    private final boolean httpOnly;
    private final String path;
    private final SameSite sameSite;
    private final @Nullable Duration maxAge;

    private Cookie(
            String name,
            String value,
            boolean secure,
            boolean httpOnly,
            String path,
            SameSite sameSite,
            @Nullable Duration maxAge) {
        this.name = name;
        this.value = value;
        this.secure = secure;
        this.httpOnly = httpOnly;
        this.path = path;
        this.sameSite = sameSite;
        this.maxAge = maxAge;
    }

    /**
     * The cookie {@code __Host-name}: browsers take it only from this very host over HTTPS and for every path, so that no
     * sibling host can plant one. The kind to use for sessions.
     */
    public static Cookie host(String name, String value) {
        return checked("__Host-" + name, value, true);
    }

    /** The cookie {@code __Secure-name}: taken over HTTPS only, and may be bound to a path. */
    public static Cookie secure(String name, String value) {
        return checked("__Secure-" + name, value, true);
    }

    /** A cookie that is sent over plain HTTP too, where anyone on the way can read and replace it. */
    public static Cookie insecureForLocalDevelopment(String name, String value) {
        return checked(name, value, false);
    }

    private static Cookie checked(String name, String value, boolean secure) {
        if (!CookieText.isName(name) || (!secure && CookieText.isPrefixed(name))) {
            throw new IllegalArgumentException("cookie: name was '" + name + "' but must be a token without a prefix");
        }
        if (!CookieText.isValue(value) || name.length() + value.length() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "cookie " + name + ": value must be printable ASCII without space, quote, "
                            + "comma, semicolon and backslash, at most 4096 bytes with the name");
        }
        return new Cookie(name, value, secure, true, "/", SameSite.LAX, null);
    }

    /** A copy that lives this long, whole seconds, 400 days at most; without it, until the browser closes. */
    public Cookie maxAge(Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "cookie " + name + ": max age was " + time + " but must be 0 to 400 days");
        }
        return new Cookie(name, value, secure, httpOnly, path, sameSite, time);
    }

    /** A copy that makes browsers forget the cookie. */
    public Cookie cleared() {
        return new Cookie(name, "", secure, httpOnly, path, sameSite, Duration.ZERO);
    }

    /** A copy with this rule for requests from other sites; {@code NONE} needs a secure cookie. */
    public Cookie sameSite(SameSite rule) {
        if (rule == SameSite.NONE && !secure) {
            throw new IllegalArgumentException("cookie " + name + ": SameSite=None needs a secure cookie");
        }
        return new Cookie(name, value, secure, httpOnly, path, rule, maxAge);
    }

    /** A copy for this path and what lies under it; refused for a {@code __Host-} cookie. */
    public Cookie path(String under) {
        if (name.startsWith("__Host-") || !under.startsWith("/") || !CookieText.isPath(under)) {
            throw new IllegalArgumentException("cookie " + name + ": path was '" + under
                    + "' but must begin with /, and be / for a __Host- cookie");
        }
        return new Cookie(name, value, secure, httpOnly, under, sameSite, maxAge);
    }

    /** A copy that scripts of the page can read. */
    public Cookie readableByScripts() {
        return new Cookie(name, value, secure, false, path, sameSite, maxAge);
    }

    /** The whole name, with the prefix. */
    public String name() {
        return name;
    }

    /** Adds the {@code Set-Cookie} line to the exchange's response. */
    public void addTo(Exchange exchange) {
        exchange.addHeader("Set-Cookie", toHeader());
    }

    /** The value of the {@code Set-Cookie} header. */
    public String toHeader() {
        StringBuilder line = new StringBuilder(96).append(name).append('=').append(value);
        line.append("; Path=").append(path);
        if (maxAge != null) {
            line.append("; Max-Age=").append(maxAge.toSeconds());
        }
        if (secure) {
            line.append("; Secure");
        }
        if (httpOnly) {
            line.append("; HttpOnly");
        }
        return line.append("; SameSite=").append(sameSite.word).toString();
    }

    /** The name only, since the value is often a secret. */
    @Override
    public String toString() {
        return "Cookie[" + name + "]";
    }
}
