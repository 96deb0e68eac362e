// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.config.Secret;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.Instant;

/** Hashes a password for once and looks at what comes out. */
final class HashProbe {

    private final Parts parts;

    HashProbe(Parts parts) {
        this.parts = parts;
    }

    Finding run() {
        PasswordHasher hasher = parts.passwords().hasher();
        Secret password = parts.tokens().issue().token();
        long began = System.nanoTime();
        String hash = hasher.hash(password);
        long millis = (System.nanoTime() - began) / 1_000_000;
        long outdated = parts.store().read(unit -> unit.accounts().countHashesNotLike(hasher.prefix()));
        Evidence[] evidence = {
            evidence("work factor", hasher.prefix()),
            evidence("time of one hash", millis + " ms"),
            evidence("stored hashes to be upgraded at their next sign-in", String.valueOf(outdated))
        };
        String fault = fault(hasher, password, hash);
        return fault.isEmpty() ? Finding.verified(evidence) : Finding.failed(fault, evidence);
    }

    private String fault(PasswordHasher hasher, Secret password, String hash) {
        if (!hash.startsWith("$argon2id$") || !hash.startsWith(hasher.prefix())) {
            return "a new hash is not Argon2id with the parameters that are set";
        }
        if (!hasher.verify(password, hash)) {
            return "the right password does not match its own hash";
        }
        boolean loose = hasher.verify(parts.tokens().issue().token(), hash) || hasher.verify(Secret.of(""), "");
        return loose ? "a wrong password matches" : "";
    }

    private Evidence evidence(String what, String value) {
        Instant now = parts.clock().instant();
        return new Evidence(what, value, AuthReadiness.SOURCE, now);
    }
}
