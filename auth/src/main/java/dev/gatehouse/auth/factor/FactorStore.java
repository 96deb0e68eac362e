// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where second factors are kept. Each verb is atomic: of any number of concurrent callers, one uses a code. */
public interface FactorStore {

    /** Keeps a generator's secret that is to be confirmed by {@code until}, in place of an earlier such one. */
    void offer(String account, String sealedSecret, Instant until);

    /** What is kept of an account's generator. */
    Optional<Generator> generator(String account);

    /** Makes the offered secret the confirmed one and counts {@code step} as used; false when it was not on offer. */
    boolean confirm(String account, String sealedSecret, long step);

    /** Counts {@code step} as used; false when it, or a later one, was used already. */
    boolean useStep(String account, long step);

    /** Removes an account's generator and recovery codes; false when none was confirmed. */
    boolean remove(String account);

    /** Puts these recovery codes in place of all earlier ones. */
    void replaceRecoveryCodes(String account, List<String> hashes);

    /** Takes a recovery code out for good; false when there is none, or somebody else was first. */
    boolean useRecoveryCode(String account, String hash);

    /** How many recovery codes are left. */
    int recoveryCodesLeft(String account);

    /**
     * An account's one-time password generator. Immutable.
     *
     * @param confirmed the sealed secret in use, null before the first was confirmed
     * @param offered the sealed secret to be confirmed, null when there is none
     * @param offeredUntil until when, null when there is none
     */
    record Generator(
            @Nullable String confirmed,
            @Nullable String offered,
            @Nullable Instant offeredUntil) {

        /** No generator. */
        public static final Generator NONE = new Generator(null, null, null);

        /** Whether a secret was confirmed. */
        public boolean isEnrolled() {
            return confirmed != null;
        }

        /** Shows no secret, not even a sealed one. */
        @Override
        public String toString() {
            return "Generator[" + (isEnrolled() ? "enrolled" : "not enrolled") + "]";
        }
    }
}
