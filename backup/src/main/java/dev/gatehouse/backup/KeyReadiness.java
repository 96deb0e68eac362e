// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.catalogue.Holdings;
import dev.gatehouse.backup.catalogue.KeyUse;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Judges how long the key that wraps has been wrapping. A file's time can be set anew by a copy, so the store is asked as
 * well: a key is at least as old as the oldest backup that was made under it.
 */
record KeyReadiness(Settings settings, Runner runner) {

    /** Half of what NIST SP 800-57 part 1, section 5.3.6, allows a key that wraps keys. */
    static final Duration LONGEST = Duration.ofDays(365);

    private static final String NEXT = "; add a key to the key file, reopen it everywhere, and call rewrapKeys";

    /** What is to be said about the present key, {@code newest} having been opened by it. */
    Finding judge(Held newest, Holdings holdings) {
        Evidence opened = new Evidence(
                "data key and manifest of backup " + newest.name().backup(),
                "AES-256-GCM, opened with " + settings.keys().describe(),
                "unwrapping and authenticating them",
                now());
        try {
            return judge(opened, runner.engine().keyUse(holdings));
        } catch (IOException e) {
            return new Finding.Unknown("the age of the key is not known: " + e.getMessage(), List.of(opened));
        }
    }

    private Finding judge(Evidence opened, Optional<KeyUse> shown) {
        Optional<Instant> told = settings.keys().since();
        Optional<Instant> since = Stream.of(told, shown.map(KeyUse::since))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
        if (since.isEmpty()) {
            return new Finding.Unknown(
                    "neither the key provider nor the store tells how old the key is; attest when it was rotated",
                    List.of(opened));
        }
        Evidence age = new Evidence(
                "age of the key that wraps", "it wraps since " + since.get(), "the key provider and the store", now());
        if (Duration.between(since.get(), now()).compareTo(LONGEST) > 0) {
            return Finding.failed(
                    "the key has been wrapping for more than " + LONGEST.toDays() + " days" + NEXT, opened, age);
        }
        return told.isPresent() || shown.filter(KeyUse::first).isPresent()
                ? Finding.verified(opened, age)
                : new Finding.Unknown(
                        "the key is older than the oldest backup, and its provider does not tell how much; attest when it"
                                + " was rotated",
                        List.of(opened, age));
    }

    private Instant now() {
        return settings.surroundings().clock().instant();
    }
}
