// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import dev.gatehouse.config.Secret;
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

    /** What a code looks like: six digits are the generator's, anything else can only be a recovery code. */
    public static FactorKind spelled(Secret code) {
        return code.length() <= 32 && code.reveal().strip().matches("[0-9]{6}") ? TOTP : RECOVERY_CODE;
    }

    /** The kind of this label, empty when there is none. */
    public static Optional<FactorKind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
