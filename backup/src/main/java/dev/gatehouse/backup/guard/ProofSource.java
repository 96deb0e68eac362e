// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.guard;

import dev.gatehouse.backup.ProvenBackup;
import java.io.IOException;
import java.util.Optional;

/** Says what can be gone back to: {@code backups::newestProven}, or an archive's. */
@FunctionalInterface
public interface ProofSource {

    /** The newest backup that passed a drill, as the store holds it now. */
    Optional<ProvenBackup> newest() throws IOException;
}
