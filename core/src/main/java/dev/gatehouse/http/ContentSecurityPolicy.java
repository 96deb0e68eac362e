// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The Content-Security-Policy (CSP level 3) of every response: nothing may be loaded, framed or submitted elsewhere, and
 * scripts run only with the response's nonce. Immutable and thread-safe.
 *
 * <p>A nonce is 128 random bits, made when first asked for by {@code exchange.attribute(ContentSecurityPolicy.NONCE)}; a
 * response that never asks allows no script at all.
 */
public final class ContentSecurityPolicy {

    /** The nonce of this response's scripts and styles; never null on an exchange of the pipeline. Ask before writing. */
    public static final AttributeKey<String> NONCE = AttributeKey.of("csp-nonce");

    static final String HEADER = "Content-Security-Policy";

    private static final String PLACE = "'nonce'";
    private static final String STRICT = "default-src 'none'; script-src 'nonce'; style-src 'self' 'nonce'; "
            + "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";

    private final String template;
    private final String withoutNonce;

    private ContentSecurityPolicy(String template) {
        this.template = template;
        this.withoutNonce = template.replace(" " + PLACE, "");
    }

    /** Scripts with a nonce only; styles, images, fonts and calls of the same origin; no frames. */
    public static ContentSecurityPolicy strict() {
        return new ContentSecurityPolicy(STRICT);
    }

    /** A policy of the application's own, where the source {@code 'nonce'} stands for the response's nonce. */
    public static ContentSecurityPolicy of(String template) {
        HeaderText.requireValue(HEADER, template);
        return new ContentSecurityPolicy(template);
    }

    String withoutNonce() {
        return withoutNonce;
    }

    String with(String nonce) {
        return template.replace(PLACE, "'nonce-" + nonce + "'");
    }

    static String nonce(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
