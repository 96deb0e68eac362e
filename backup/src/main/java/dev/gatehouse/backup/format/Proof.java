// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import java.time.Instant;
import java.util.List;

/**
 * What a drill found, kept in the store under the backup's own key.
 *
 * @param store the store's ID
 * @param source the source's name
 * @param drill the drill's ID
 * @param backup the backup that was drilled
 * @param sequence its number
 * @param manifestSha256 the SHA-256 of its manifest's stored bytes
 * @param measured what was measured
 * @param checks what was examined, in order; the drill passed when all did
 * @param drift what of the source's schema is not as it was when the backup was made, at most 40 lines
 */
public record Proof(
        String store,
        String source,
        String drill,
        String backup,
        long sequence,
        String manifestSha256,
        Measured measured,
        List<Check> checks,
        List<String> drift) {

    public static final int MOST_DRIFT = 40;

    public Proof {
        checks = List.copyOf(checks);
        drift = List.copyOf(drift);
    }

    public boolean passed() {
        return checks.stream().allMatch(Check::passed);
    }

    /** Whether the application itself was used on the restored data. */
    public boolean probed() {
        return checks.stream().anyMatch(check -> check.name().equals(Check.PROBE));
    }

    /** The first failure, or what was measured. */
    public String detail() {
        return checks.stream()
                .filter(check -> !check.passed())
                .map(check -> check.name() + ": " + check.detail())
                .findFirst()
                .orElse("restored and checked in " + measured.recoveryMillis() + " ms; would have lost the last "
                        + measured.lossMillis() / 1000 + " s");
    }

    /**
     * What was measured.
     *
     * @param startedAt when the drill started
     * @param tookMillis how long all of it took
     * @param recoveryMillis the recovery time: from the start until the restored database had passed every check
     * @param lossMillis the recovery point: how far the backup lay behind when the drill started
     * @param bytes the restored bytes
     */
    public record Measured(Instant startedAt, long tookMillis, long recoveryMillis, long lossMillis, long bytes) {}

    /**
     * One thing that was examined.
     *
     * @param name what
     * @param passed whether it was as it must be
     * @param detail what was found
     */
    public record Check(String name, boolean passed, String detail) {
        public static final String PROBE = "write journey";
    }
}
