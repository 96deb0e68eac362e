// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import java.util.Locale;

/**
 * Something that backups which are well do not show.
 *
 * @param kind what sort
 * @param grave whether what there is may not be enough to go back to
 * @param what in words
 */
record Sign(Kind kind, boolean grave, String what) {

    /** What sort of sign. */
    enum Kind {
        LATE,
        SMALL,
        SLOW,
        FAILING,
        DAMAGED,
        SKEWED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
