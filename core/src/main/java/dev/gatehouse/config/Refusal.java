// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.Locale;

/**
 * What production refuses in a value. The name of a refusal, by which an operator may allow it, is the variable's name
 * without its prefix, a dot and the kind, all in lower case: {@code payments-url.loopback}. These names are stable.
 */
public enum Refusal {
    /** A value that production demands is not set. */
    UNSET("must be set in production"),
    /** The host is this machine itself. */
    LOOPBACK("must not name this machine in production"),
    /** The URL is not encrypted. */
    HTTP("must not be an unencrypted URL in production"),
    /** The address or the key is one of a provider's sandbox or test mode. */
    SANDBOX("must not be a sandbox address or a test key in production"),
    /** The secret is a well-known default, a placeholder, or hardly any secret at all. */
    DEFAULT("must not be a default or placeholder in production"),
    /** The secret is shorter than 12 bytes. */
    SHORT("must be at least 12 bytes in production"),
    /** It makes the application talk or behave as for debugging. */
    DEBUG("must not be switched to debugging in production");

    private final String rule;

    Refusal(String rule) {
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    String kind() {
        return name().toLowerCase(Locale.ROOT);
    }
}
