// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.account.AccountStore.Credentials;
import dev.gatehouse.auth.account.EmailAddress;
import dev.gatehouse.auth.password.BreachCheck;
import dev.gatehouse.auth.password.HashGate;
import dev.gatehouse.auth.password.HashGate.Turn;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.auth.password.PasswordPolicy;
import dev.gatehouse.config.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The hasher behind its gate, doing the same work whatever it is asked about. */
final class Passwords {

    /** No hash: verifying against it takes as long as against a real one, and fails. */
    private static final String NOTHING = "";

    private static final Secret INSTEAD = Secret.of("too long to be a password");

    private final PasswordHasher hasher;
    private final HashGate gate;
    private final String service;
    private final BreachCheck breaches;

    Passwords(PasswordHasher hasher, HashGate gate, String service, BreachCheck breaches) {
        this.hasher = hasher;
        this.gate = gate;
        this.service = service;
        this.breaches = breaches;
    }

    PasswordHasher hasher() {
        return hasher;
    }

    Turn<String> hash(Secret password) {
        return gate.run(hasher.memoryKib(NOTHING), () -> hasher.hash(password));
    }

    /**
     * Whether the password is the account's. An unknown account's is hashed all the same, and for one that is too long to
     * be anybody's another is hashed: hashing megabytes takes longer.
     */
    Turn<Boolean> verify(Secret password, Optional<Credentials> found) {
        boolean overlong = PasswordPolicy.isOverlong(password);
        Secret hashed = overlong ? INSTEAD : password;
        String stored =
                overlong ? NOTHING : found.map(Credentials::passwordHash).orElse(NOTHING);
        return gate.run(hasher.memoryKib(stored), () -> hasher.verify(hashed, stored));
    }

    /** A new hash if the stored one is weaker than what is wanted now, and there is a turn to be had. */
    Optional<String> upgraded(Secret password, String stored) {
        return hasher.isOutdated(stored) && hash(password) instanceof Turn.Done<String> done
                ? Optional.of(done.value())
                : Optional.empty();
    }

    /** The rule that a new password breaks, if any; asks the service that knows breaches last. */
    Optional<String> broken(Secret password, Optional<EmailAddress> email) {
        List<String> context = new ArrayList<>(List.of(service, service.replaceAll("[^\\p{L}\\p{N}]", "")));
        email.ifPresent(address -> {
            context.add(address.key());
            context.add(address.localPart());
            context.addAll(Arrays.asList(address.domain().split("\\.", -1)));
        });
        return PasswordPolicy.broken(password, context).or(() -> breaches.broken(password));
    }
}
