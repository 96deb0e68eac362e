// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.Layout.ManifestName;
import dev.gatehouse.backup.Manifest.Previous;
import dev.gatehouse.backup.Manifest.Timing;
import java.util.Optional;

/** A backup that the store holds. */
sealed interface Holding {

    ManifestName name();

    /**
     * Its manifest is authentic.
     *
     * @param sha256 the SHA-256 of the manifest's stored bytes
     * @param previous the backup before it
     * @param timing when it was made
     * @param bytes its stored bytes
     * @param engine what made it
     */
    record Held(ManifestName name, String sha256, Optional<Previous> previous, Timing timing, long bytes, String engine)
            implements Holding {

        static Held of(ManifestName name, Authentic authentic) {
            Manifest manifest = authentic.manifest();
            return new Held(
                    name,
                    authentic.sha256(),
                    manifest.previous(),
                    manifest.timing(),
                    manifest.cipherBytes(),
                    manifest.engine());
        }
    }

    /**
     * Its manifest cannot be read.
     *
     * @param why the reason, which names the backup
     */
    record Unreadable(ManifestName name, BackupException why) implements Holding {}
}
