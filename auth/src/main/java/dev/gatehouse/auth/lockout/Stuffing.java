// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A pattern over many accounts that no single account's budget sees (OWASP, "credential stuffing" and "password
 * spraying"). A signal, not a verdict: whole offices share an address.
 *
 * @param pattern what was seen
 * @param identifiers how many different ones failed within ten minutes
 * @param address where from, null when that is not what they share
 */
public record Stuffing(
        Pattern pattern, int identifiers, @Nullable InetAddress address) {

    /** What the failures have in common. */
    public enum Pattern {
        /** One address tries many identifiers. */
        ADDRESS("many-identifiers-one-address"),
        /** One password is tried on many identifiers, from wherever. */
        PASSWORD("many-identifiers-one-password");

        private final String label;

        Pattern(String label) {
            this.label = label;
        }

        /** The word for it in events and metrics. */
        public String label() {
            return label;
        }
    }
}
