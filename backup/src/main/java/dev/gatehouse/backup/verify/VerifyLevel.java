// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.verify;

import java.util.Locale;

/** How deep a verification looks. */
public enum VerifyLevel {
    /** Every manifest opens with the key at hand, and every chunk that it names is there. */
    EXISTS,
    /** That, and a share of the chunks is read, authenticated and decompressed: another one each time. */
    SAMPLE,
    /** That, and every chunk is read, authenticated and decompressed. */
    FULL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
