// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.verify;

import java.util.List;

/**
 * What a verification found.
 *
 * @param level how deep it looked
 * @param backups how many backups it looked at
 * @param chunks how many chunks it read whole
 * @param bytes their stored bytes
 * @param complete whether it came to the end of what its level asks, within its budget
 * @param damages what is not as it was written, at most {@link #MOST}; empty when all is well
 */
public record VerifyReport(
        VerifyLevel level, int backups, long chunks, long bytes, boolean complete, List<Damage> damages) {

    /** The most damages that are told. */
    public static final int MOST = 20;

    private static final int SHOWN = 3;

    /** Freezes copies. */
    public VerifyReport {
        damages = List.copyOf(damages);
    }

    /**
     * One thing that is not as it was written.
     *
     * @param backup the backup that cannot be relied on
     * @param what which of its objects, and what to do
     */
    public record Damage(String backup, String what) {}

    /** Whether nothing was found. */
    public boolean passed() {
        return damages.isEmpty();
    }

    /** The damages, or what was examined, in a sentence. */
    public String detail() {
        if (passed()) {
            return level + ": " + backups + " backups, " + chunks + " chunks read, " + bytes + " bytes"
                    + (complete ? "" : "; the budget ended it");
        }
        String first = String.join(
                "; ", damages.stream().limit(SHOWN).map(Damage::what).toList());
        return damages.size() > SHOWN ? first + "; and " + (damages.size() - SHOWN) + " more" : first;
    }
}
