// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import org.jspecify.annotations.Nullable;

/** Sets on every response the headers that tell a browser to be careful (OWASP Secure Headers). */
final class SecurityHeaders implements Interceptor {

    private final String contentSecurityPolicy;
    private final @Nullable String hsts;

    SecurityHeaders(PipelineSettings settings) {
        contentSecurityPolicy = settings.contentSecurityPolicy().withoutNonce();
        hsts = settings.hsts();
    }

    @Override
    public Phase phase() {
        return Phase.CONTEXT;
    }

    /** What an application replaces by setting the header itself: Cache-Control for what may be cached, above all. */
    @Override
    public Verdict before(Exchange exchange) {
        exchange.setHeader(ContentSecurityPolicy.HEADER, contentSecurityPolicy);
        exchange.setHeader("X-Content-Type-Options", "nosniff");
        exchange.setHeader("X-Frame-Options", "DENY");
        // Not no-referrer: under it browsers send "Origin: null" with our own forms, which the origin check refuses.
        exchange.setHeader("Referrer-Policy", "same-origin");
        exchange.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        exchange.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        exchange.setHeader("Cache-Control", "no-store");
        if (hsts != null) {
            exchange.setHeader("Strict-Transport-Security", hsts);
        }
        return Verdict.proceed();
    }
}
