// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifest.Chunk;
import dev.gatehouse.backup.format.Manifest.Previous;
import dev.gatehouse.backup.format.Manifest.Timing;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.json.JsonFields;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads a manifest that may come from anybody: every field is checked, nothing unknown is passed over. */
final class ManifestReader {

    private static final int MOST = 20_000;

    private ManifestReader() {}

    static Decoded<Manifest> read(byte[] utf8) {
        return Fields.read(utf8, ManifestReader::manifest);
    }

    private static Supplier<Manifest> manifest(JsonFields fields) {
        fields.only(
                "format",
                "version",
                "store",
                "source",
                "backup",
                "sequence",
                "kind",
                "previous",
                "startedAt",
                "snapshotAt",
                "tookMillis",
                "engine",
                "facts",
                "invariants",
                "warnings",
                "artifacts");
        String store = Fields.id(fields, "store");
        String source = fields.text("source", 1, 40);
        String backup = Fields.id(fields, "backup");
        long sequence = Fields.sequence(fields);
        if (!fields.text("kind", 1, 40).equals(ManifestJson.KIND)) {
            fields.refuse("kind", "must be " + ManifestJson.KIND);
        }
        Optional<Previous> previous = previous(fields);
        Timing timing = timing(fields);
        String engine = fields.text("engine", 1, 200);
        Facts facts = facts(fields);
        List<Invariant> invariants = invariants(fields);
        List<String> warnings = fields.texts("warnings", 0, Manifest.MOST_WARNINGS, Manifest.LONGEST_WARNING);
        List<Artifact> artifacts = artifacts(fields);
        return () -> new Manifest(
                store, source, backup, sequence, previous, timing, engine, facts, invariants, warnings, artifacts);
    }

    private static Timing timing(JsonFields fields) {
        return new Timing(
                Fields.instant(fields, "startedAt"),
                Fields.instant(fields, "snapshotAt"),
                Fields.size(fields, "tookMillis"));
    }

    static Optional<Previous> previous(JsonFields fields) {
        return fields.objects("previous", 0, 1).stream().findFirst().map(previous -> {
            previous.only("sequence", "backup", "sha256");
            return new Previous(
                    Fields.sequence(previous), Fields.id(previous, "backup"), Fields.sha256(previous, "sha256"));
        });
    }

    private static Facts facts(JsonFields fields) {
        SortedMap<String, String> values = new TreeMap<>();
        for (JsonFields fact : fields.objects("facts", 0, MOST)) {
            fact.only("name", "value");
            if (values.put(fact.text("name", 1, 700), fact.text("value", 0, 2_000)) != null) {
                fact.refuse("name", "must be there once");
            }
        }
        return new Facts(values);
    }

    private static List<Invariant> invariants(JsonFields fields) {
        return fields.objects("invariants", 0, 1_000).stream()
                .flatMap(invariant -> invariant(invariant).stream())
                .toList();
    }

    private static Optional<Invariant> invariant(JsonFields fields) {
        fields.only("name", "sql");
        try {
            return Optional.of(new Invariant(fields.text("name", 1, 60), fields.text("sql", 1, 4_000)));
        } catch (IllegalArgumentException e) {
            fields.refuse("name", "must be that of an invariant");
            return Optional.empty();
        }
    }

    private static List<Artifact> artifacts(JsonFields fields) {
        Set<String> names = new HashSet<>();
        return fields.objects("artifacts", 1, MOST).stream()
                .map(artifact -> artifact(artifact, names))
                .toList();
    }

    private static Artifact artifact(JsonFields fields, Set<String> names) {
        fields.only("name", "bytes", "chunks");
        String name = fields.text("name", 1, 121);
        if (!Layout.isArtifact(name) || !names.add(name)) {
            fields.refuse("name", "must be the name of a file, in the folder of a source or in none, there once");
        }
        List<Chunk> chunks = fields.objects("chunks", 0, MOST).stream()
                .map(ManifestReader::chunk)
                .toList();
        long bytes = Fields.size(fields, "bytes");
        if (bytes != total(chunks)) {
            fields.refuse("bytes", "must be the sum of the chunks");
        }
        return new Artifact(name, bytes, chunks);
    }

    private static Chunk chunk(JsonFields fields) {
        fields.only("plainBytes", "plainSha256", "cipherBytes", "cipherSha256");
        return new Chunk(
                fields.integer("plainBytes", 1, 1L << 30),
                Fields.sha256(fields, "plainSha256"),
                fields.integer("cipherBytes", 1, 1L << 31),
                Fields.sha256(fields, "cipherSha256"));
    }

    private static long total(List<Chunk> chunks) {
        return chunks.stream().mapToLong(Chunk::plainBytes).sum();
    }
}
