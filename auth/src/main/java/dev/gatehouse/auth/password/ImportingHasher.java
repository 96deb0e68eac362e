// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** A hasher and formats of other systems. Each check runs all of them, so that none takes longer than another. */
final class ImportingHasher implements PasswordHasher {

    private final PasswordHasher own;
    private final List<LegacyHashes> formats;

    ImportingHasher(PasswordHasher own, List<LegacyHashes> formats) {
        this.own = own;
        this.formats = formats;
    }

    @Override
    public String hash(Secret password) {
        return own.hash(password);
    }

    @Override
    public boolean verify(Secret password, String stored) {
        boolean matches = own.verify(password, stored);
        String legacy = stored.length() > PhcString.MAX_LENGTH ? "" : SpringId.strip(stored);
        for (LegacyHashes format : formats) {
            matches |= PasswordBytes.asTyped(password, bytes -> format.verify(bytes, legacy));
        }
        return matches;
    }

    @Override
    public boolean isOutdated(String stored) {
        return own.isOutdated(stored);
    }

    @Override
    public int memoryKib(String stored) {
        int most = own.memoryKib(stored);
        for (LegacyHashes format : formats) {
            most = Math.max(most, format.memoryKib());
        }
        return most;
    }

    @Override
    public String prefix() {
        return own.prefix();
    }

    /** Other systems knew nothing of our key: it goes to our own hashes only, whatever was called first. */
    @Override
    public PasswordHasher peppered(Peppers peppers, MeterRegistry meters) {
        return new ImportingHasher(own.peppered(peppers, meters), formats);
    }
}
