// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.format.Manifest.Previous;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's approval that a backup may go. It stays when the backup is gone, so that the gap which it left in the chain
 * can be told from one that nobody approved.
 *
 * @param store the store's ID
 * @param source the source's name
 * @param plan the ID of the approval, whose key signs it
 * @param backup the backup
 * @param sequence its number, 0 when it was never finished and so has none
 * @param manifestSha256 the SHA-256 of its manifest's stored bytes; empty when it was never finished
 * @param previous the backup before it; empty when it was the first, or nobody can tell
 * @param approval who let it go, and when
 */
public record Tombstone(
        String store,
        String source,
        String plan,
        String backup,
        long sequence,
        String manifestSha256,
        Optional<Previous> previous,
        Approval approval) {

    /** Whether it is of objects without a manifest. */
    public boolean isLeftover() {
        return sequence == 0;
    }

    /**
     * Who let it go.
     *
     * @param by who approved it
     * @param at when, by their clock
     * @param newest the number of the newest backup at that time
     * @param readable whether the backup's manifest could be read then
     * @param reason why it may go
     */
    public record Approval(String by, Instant at, long newest, boolean readable, String reason) {}
}
