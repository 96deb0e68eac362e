// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.config.Secret;
import java.util.concurrent.atomic.AtomicInteger;

/** A hasher for tests of what is around it: fast, unsafe, and it counts. */
final class CountingHasher implements PasswordHasher {

    final AtomicInteger hashed = new AtomicInteger();
    final AtomicInteger verified = new AtomicInteger();
    volatile String prefix = "fast1:";
    volatile Runnable meanwhile = () -> {};
    volatile int memoryKib = 1;

    @Override
    public String hash(Secret password) {
        hashed.incrementAndGet();
        return prefix + Integer.toHexString(password.reveal().hashCode());
    }

    @Override
    public boolean verify(Secret password, String stored) {
        verified.incrementAndGet();
        meanwhile.run();
        return stored.contains(":")
                && stored.endsWith(":" + Integer.toHexString(password.reveal().hashCode()));
    }

    @Override
    public boolean isOutdated(String stored) {
        return !stored.startsWith(prefix);
    }

    @Override
    public int memoryKib(String stored) {
        return memoryKib;
    }

    @Override
    public String prefix() {
        return prefix;
    }
}
