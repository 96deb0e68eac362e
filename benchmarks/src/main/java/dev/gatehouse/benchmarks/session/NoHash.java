// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.session;

import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.config.Secret;

/** Stands in for a password hash, so that thousands can sign in before the measurement begins. */
final class NoHash implements PasswordHasher {

    private static final String PREFIX = "none:";

    @Override
    public String hash(Secret password) {
        return PREFIX + password.length();
    }

    @Override
    public boolean verify(Secret password, String stored) {
        return stored.equals(hash(password));
    }

    @Override
    public boolean isOutdated(String stored) {
        return false;
    }

    @Override
    public int memoryKib(String stored) {
        return 1;
    }

    @Override
    public String prefix() {
        return PREFIX;
    }
}
