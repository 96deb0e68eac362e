// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.Optional;

/**
 * One thing that is wrong with the configuration.
 *
 * @param name the variable's name
 * @param value what it was, fit to be printed: secrets hidden, control characters escaped; empty when it was not set
 * @param rule what it breaks, beginning with a verb: {@code must be at most 65535}
 * @param hint what to do next; empty when there is nothing to add
 */
public record ConfigProblem(String name, Optional<String> value, String rule, String hint) {

    /** {@code SHOP_PORT was '99999' but must be at most 65535; hint}. */
    @Override
    public String toString() {
        String was = value.map(text -> " was " + text + " but ").orElse(" ");
        return name + was + rule + (hint.isEmpty() ? "" : "; " + hint);
    }
}
