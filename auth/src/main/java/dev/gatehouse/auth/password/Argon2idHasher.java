// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.auth.password.Argon2.Cost;
import dev.gatehouse.config.Secret;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Argon2id for new hashes; of stored ones it reads Argon2i and Argon2d too, behind Spring's name or not. Every check
 * fills as much memory as a new hash does, whatever is stored: what a cheaper hash leaves over is filled for nothing.
 */
final class Argon2idHasher implements PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;

    private final Argon2 argon2;
    private final Cost cost;
    private final SecureRandom random;

    /** What is hashed against when there is nothing to hash against. */
    private final PhcString unmatched;

    Argon2idHasher(Argon2 argon2, Argon2Parameters parameters, SecureRandom random) {
        this.argon2 = argon2;
        this.cost = parameters.cost();
        this.random = random;
        this.unmatched = new PhcString(cost, new byte[SALT_BYTES], new byte[TAG_BYTES]);
    }

    @Override
    public String hash(Secret password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] tag = PasswordBytes.normalised(password, bytes -> argon2.tag(cost, bytes, salt, TAG_BYTES));
        return new PhcString(cost, salt, tag).encoded();
    }

    @Override
    public boolean verify(Secret password, String stored) {
        Optional<PhcString> read = PhcString.parse(SpringId.strip(stored));
        PhcString against = read.orElse(unmatched);
        boolean matches = PasswordBytes.normalised(password, bytes -> matches(bytes, against));
        topUp(against.cost().work());
        return matches && read.isPresent();
    }

    private boolean matches(byte[] password, PhcString stored) {
        byte[] tag = argon2.tag(stored.cost(), password, stored.salt(), stored.tag().length);
        return MessageDigest.isEqual(tag, stored.tag());
    }

    private void topUp(long done) {
        int memoryKib = (int) (Math.max(0, cost.work() - done) / cost.iterations());
        if (memoryKib >= 8 * cost.parallelism()) {
            Cost rest = new Cost(cost.variant(), memoryKib, cost.iterations(), cost.parallelism());
            argon2.tag(rest, unmatched.tag(), unmatched.salt(), TAG_BYTES);
        }
    }

    @Override
    public boolean isOutdated(String stored) {
        return PhcString.parse(stored).map(phc -> phc.isWeakerThan(cost)).orElse(true);
    }

    @Override
    public int memoryKib(String stored) {
        int asked = PhcString.parse(SpringId.strip(stored))
                .map(phc -> phc.cost().memoryKib())
                .orElse(0);
        return Math.max(cost.memoryKib(), asked);
    }

    @Override
    public String prefix() {
        return cost.prefix();
    }
}
