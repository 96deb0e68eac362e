// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.verify.VerifyReport;
import java.time.Instant;

/**
 * What a verification found, kept in the store under the key of the newest backup at that time.
 *
 * @param store the store's ID
 * @param source the source's name
 * @param id the verification's ID
 * @param backup the backup whose key signs it
 * @param startedAt when it started
 * @param tookMillis how long it took
 * @param position where on the ring of chunks the next sample begins
 * @param report what it found
 */
public record Verification(
        String store,
        String source,
        String id,
        String backup,
        Instant startedAt,
        long tookMillis,
        long position,
        VerifyReport report) {}
