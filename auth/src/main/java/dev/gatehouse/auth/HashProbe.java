// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.auth.password.PasswordPolicy;
import dev.gatehouse.config.Secret;
import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import java.time.Instant;
import java.util.Optional;

/** Hashes a password for once, looks at what comes out, and counts what is stored. */
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
        Optional<Argon2Parameters> parameters = Argon2Parameters.of(hash);
        Evidence[] evidence = {
            evidence(
                    "work factor of new hashes",
                    parameters.map(Argon2Parameters::toString).orElse("not Argon2id")),
            evidence("key of the pepper", pepper(hash)),
            evidence("time of one hash on this host", millis + " ms"),
            evidence("stored hashes", new HashCensus(parts).taken(hasher.prefix())),
            evidence("new passwords (ASVS 6.2.1, 6.2.4, 6.2.5, 6.2.9, 6.2.11)", PasswordPolicy.inWords())
        };
        String fault = fault(hasher, password, hash, parameters);
        return fault.isEmpty() ? Finding.verified(evidence) : Finding.failed(fault, evidence);
    }

    private static String pepper(String hash) {
        return hash.startsWith("{") ? hash.substring(1, hash.indexOf('}')) : "none";
    }

    private String fault(PasswordHasher hasher, Secret password, String hash, Optional<Argon2Parameters> parameters) {
        if (parameters.isEmpty() || !hash.startsWith(hasher.prefix())) {
            return "a new hash is not Argon2id with the parameters that are set";
        }
        if (!parameters.get().meetsTheFloor()) {
            return "new hashes are below the minimum: " + parameters.get();
        }
        if (!hasher.verify(password, hash)) {
            return "the right password does not match its own hash";
        }
        if (hasher.isOutdated(hash) || !hasher.isOutdated(hash.replaceFirst("\\$m=\\d+", "\\$m=16"))) {
            return "a weaker hash would not be replaced at sign-in, or every hash would";
        }
        boolean loose = hasher.verify(parts.tokens().issue().token(), hash) || hasher.verify(Secret.of(""), "");
        return loose ? "a wrong password matches" : "";
    }

    private Evidence evidence(String what, String value) {
        Instant now = parts.clock().instant();
        return new Evidence(what, value, Proof.SOURCE, now);
    }
}
