// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of second factor. */
public enum FactorKind {
    /** A time-based one-time password (RFC 6238). */
    TOTP("totp"),
    /** One of ten codes kept for the day the generator is lost. */
    RECOVERY_CODE("recovery-code");

    private final String label;

    FactorKind(String label) {
        this.label = label;
    }

    /** The word for it in an interface: {@code totp}, {@code recovery-code}. */
    public String label() {
        return label;
    }

    /** The kind of this label, empty when there is none. */
    public static Optional<FactorKind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
