// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.FileTree;
import dev.gatehouse.backup.source.Invariant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one backup consists of and what it must be when restored.
 *
 * @param store the store's ID
 * @param source the source's name
 * @param backup the backup's ID
 * @param sequence its number, from 1, one more than that of the backup before
 * @param previous the backup before it, if there was one in the store
 * @param timing when it was made
 * @param engine what made the artifacts and what reads them
 * @param facts what the restored source must say about itself
 * @param invariants the queries behind the declared facts
 * @param warnings what was odd while it was made
 * @param artifacts its files
 */
public record Manifest(
        String store,
        String source,
        String backup,
        long sequence,
        Optional<Previous> previous,
        Timing timing,
        String engine,
        Facts facts,
        List<Invariant> invariants,
        List<String> warnings,
        List<Artifact> artifacts) {

    public static final int MOST_WARNINGS = 100;
    public static final int LONGEST_WARNING = 500;

    public Manifest {
        invariants = List.copyOf(invariants);
        warnings = List.copyOf(warnings);
        artifacts = List.copyOf(artifacts);
    }

    /** Bytes of all restored files. */
    public long plainBytes() {
        return artifacts.stream().mapToLong(Artifact::bytes).sum();
    }

    /** What unpacking takes beside the archives. */
    public long treeBytes() {
        return artifacts.stream()
                .filter(Artifact::isTree)
                .mapToLong(Artifact::bytes)
                .sum();
    }

    /** Bytes of all stored chunks. */
    public long cipherBytes() {
        return artifacts.stream()
                .flatMap(artifact -> artifact.chunks().stream())
                .mapToLong(Chunk::cipherBytes)
                .sum();
    }

    /**
     * The backup before.
     *
     * @param sequence its number
     * @param backup its ID
     * @param sha256 the SHA-256 of its manifest's stored bytes
     */
    public record Previous(long sequence, String backup, String sha256) {}

    /**
     * When it was made.
     *
     * @param startedAt when the run started
     * @param snapshotAt everything committed before this instant is in it
     * @param tookMillis from the start until the manifest was written
     */
    public record Timing(Instant startedAt, Instant snapshotAt, long tookMillis) {}

    /**
     * One file.
     *
     * @param name its name when restored
     * @param bytes its length
     * @param chunks its pieces, in order
     */
    public record Artifact(String name, long bytes, List<Chunk> chunks) {
        public Artifact {
            chunks = List.copyOf(chunks);
        }

        /** Whether it holds a tree of files, to be unpacked. */
        public boolean isTree() {
            return name.endsWith(FileTree.SUFFIX);
        }

        /** The folder that the tree is unpacked to. */
        public String treeName() {
            return name.substring(0, name.length() - FileTree.SUFFIX.length());
        }
    }

    /**
     * One stored piece of a file.
     *
     * @param plainBytes its length in the file
     * @param plainSha256 the SHA-256 of that
     * @param cipherBytes its length as stored
     * @param cipherSha256 the SHA-256 of that
     */
    public record Chunk(long plainBytes, String plainSha256, long cipherBytes, String cipherSha256) {}
}
