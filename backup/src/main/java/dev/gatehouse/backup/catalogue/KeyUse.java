// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.catalogue;

import dev.gatehouse.backup.catalogue.Holding.Held;
import dev.gatehouse.backup.format.Vault;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Since when the present key has been wrapping, as the store shows it.
 *
 * @param since when the oldest backup was made that was made under it
 * @param first whether that is its first: an older backup is of another key, or there never was one
 */
public record KeyUse(Instant since, boolean first) {

    /** Empty when no backup at hand is of the present key, or the provider cannot tell. */
    public static Optional<KeyUse> of(Vault vault, Holdings holdings) throws IOException {
        List<Held> newestFirst = holdings.backups().stream()
                .filter(Held.class::isInstance)
                .map(Held.class::cast)
                .toList();
        int under = newestOfPresentKey(vault, newestFirst);
        if (under == 0) {
            return Optional.empty();
        }
        Held oldest = newestFirst.get(under - 1);
        boolean first = under < newestFirst.size() || oldest.previous().isEmpty();
        return Optional.of(new KeyUse(oldest.timing().snapshotAt(), first));
    }

    /** How many: halving is enough, for a key that was replaced wraps nothing new. */
    private static int newestOfPresentKey(Vault vault, List<Held> newestFirst) throws IOException {
        int least = 0;
        int most = newestFirst.size();
        while (least < most) {
            int half = (least + most + 1) >>> 1;
            if (vault.isOfPresentKey(newestFirst.get(half - 1).name().backup())) {
                least = half;
            } else {
                most = half - 1;
            }
        }
        return least;
    }
}
