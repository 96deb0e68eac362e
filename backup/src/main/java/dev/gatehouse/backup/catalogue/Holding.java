// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.catalogue;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.format.Authentic;
import dev.gatehouse.backup.format.Layout.ManifestName;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Manifest.Previous;
import dev.gatehouse.backup.format.Manifest.Timing;
import java.util.Optional;

/** A backup that the store holds. */
public sealed interface Holding {

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

        public static Held of(ManifestName name, Authentic authentic) {
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
