// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifest.Chunk;
import dev.gatehouse.backup.source.Invariant;
import dev.gatehouse.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Writes a manifest, format version 1, and reads it back strictly. */
final class ManifestJson {

    static final String FORMAT = "gatehouse-backup";
    static final int VERSION = 1;

    /** A backup that stands by itself; other kinds, such as one that logs are replayed onto, may follow. */
    static final String KIND = "copy";

    private ManifestJson() {}

    /** The manifest's bytes; refuses one that could not be read back, rather than store it. */
    static byte[] write(Manifest manifest) {
        JsonWriter json = new JsonWriter().beginObject().field("format", FORMAT).field("version", VERSION);
        identity(json, manifest);
        timing(json, manifest.timing());
        json.field("engine", manifest.engine());
        facts(json, manifest);
        json.name("warnings").beginArray();
        manifest.warnings().forEach(warning -> json.value(warning));
        json.endArray().name("artifacts").beginArray();
        manifest.artifacts().forEach(artifact -> artifact(json, artifact));
        byte[] bytes = json.endArray().endObject().toString().getBytes(StandardCharsets.UTF_8);
        if (!(ManifestReader.read(bytes) instanceof Decoded.Value<Manifest> back)
                || !back.value().equals(manifest)) {
            throw new IllegalArgumentException("the manifest does not fit the format: " + bytes.length
                    + " bytes; at most 1 MiB, names without control characters; larger chunks make it smaller");
        }
        return bytes;
    }

    private static void identity(JsonWriter json, Manifest manifest) {
        json.field("store", manifest.store())
                .field("source", manifest.source())
                .field("backup", manifest.backup())
                .field("sequence", manifest.sequence())
                .field("kind", KIND);
        previous(json, manifest.previous());
    }

    /** The backup before, if there is one. */
    static void previous(JsonWriter json, Optional<Manifest.Previous> before) {
        json.name("previous").beginArray();
        before.ifPresent(previous -> json.beginObject()
                .field("sequence", previous.sequence())
                .field("backup", previous.backup())
                .field("sha256", previous.sha256())
                .endObject());
        json.endArray();
    }

    private static void timing(JsonWriter json, Manifest.Timing timing) {
        json.field("startedAt", timing.startedAt())
                .field("snapshotAt", timing.snapshotAt())
                .field("tookMillis", timing.tookMillis());
    }

    private static void facts(JsonWriter json, Manifest manifest) {
        json.name("facts").beginArray();
        manifest.facts()
                .values()
                .forEach((name, value) -> json.beginObject()
                        .field("name", name)
                        .field("value", value)
                        .endObject());
        json.endArray();
        json.name("invariants").beginArray();
        manifest.invariants().forEach(invariant -> invariant(json, invariant));
        json.endArray();
    }

    private static void invariant(JsonWriter json, Invariant invariant) {
        json.beginObject()
                .field("name", invariant.name())
                .field("sql", invariant.sql())
                .endObject();
    }

    private static void artifact(JsonWriter json, Artifact artifact) {
        json.beginObject().field("name", artifact.name()).field("bytes", artifact.bytes());
        chunks(json, artifact.chunks());
        json.endObject();
    }

    private static void chunks(JsonWriter json, List<Chunk> chunks) {
        json.name("chunks").beginArray();
        for (Chunk chunk : chunks) {
            json.beginObject()
                    .field("plainBytes", chunk.plainBytes())
                    .field("plainSha256", chunk.plainSha256())
                    .field("cipherBytes", chunk.cipherBytes())
                    .field("cipherSha256", chunk.cipherSha256())
                    .endObject();
        }
        json.endArray();
    }
}
