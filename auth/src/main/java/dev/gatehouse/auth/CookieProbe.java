// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import java.util.Arrays;
import java.util.List;

/** Reads the cookies as a browser would get them. */
final class CookieProbe {

    private static final Secret VALUE = Secret.of("probe");
    private static final List<String> NEEDED = List.of("Secure", "HttpOnly", "SameSite=Lax", "Path=/");

    private CookieProbe() {}

    static List<String> lines(SessionCookies cookies) {
        return List.of(
                cookies.session(VALUE).toHeader(),
                cookies.refresh(VALUE).toHeader(),
                cookies.acting(VALUE).toHeader(),
                cookies.device(VALUE).toHeader());
    }

    static boolean isHardened(SessionCookies cookies) {
        return lines(cookies).stream().allMatch(CookieProbe::isHardened);
    }

    private static boolean isHardened(String line) {
        List<String> parts =
                Arrays.stream(line.split(";", -1)).map(String::strip).toList();
        return parts.get(0).startsWith("__Host-")
                && parts.containsAll(NEEDED)
                && parts.stream().noneMatch(part -> part.startsWith("Domain="));
    }
}
