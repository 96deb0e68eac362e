// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;

/**
 * The headers of every response that tell a browser to be careful (OWASP Secure Headers). An application replaces one by
 * setting the header itself: Cache-Control for what may be cached, above all.
 */
final class SecurityHeaders {

    private final ContentSecurityPolicy policy;
    private final @Nullable String hsts;

    SecurityHeaders(ContentSecurityPolicy policy, @Nullable String hsts) {
        this.policy = policy;
        this.hsts = hsts;
    }

    /** Sets them directly, since they are constants that were checked when they were made. */
    void putOn(ServerExchange server, @Nullable String nonce) {
        putPolicyOn(server, nonce);
        server.putHeader("X-Content-Type-Options", "nosniff");
        server.putHeader("X-Frame-Options", "DENY");
        // Not no-referrer: under it browsers send "Origin: null" with our own forms, which the origin check refuses.
        server.putHeader("Referrer-Policy", "same-origin");
        server.putHeader("Cross-Origin-Opener-Policy", "same-origin");
        server.putHeader("Cross-Origin-Resource-Policy", "same-origin");
        server.putHeader("Cache-Control", "no-store");
        if (hsts != null) {
            server.putHeader("Strict-Transport-Security", hsts);
        }
    }

    void putPolicyOn(ServerExchange server, @Nullable String nonce) {
        server.putHeader(ContentSecurityPolicy.HEADER, nonce == null ? policy.withoutNonce() : policy.with(nonce));
    }
}
