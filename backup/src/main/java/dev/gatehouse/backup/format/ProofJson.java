// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.format.Proof.Check;
import dev.gatehouse.backup.format.Proof.Measured;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Writes a proof's JSON, format version 1, and reads it back strictly. */
final class ProofJson {

    private ProofJson() {}

    static byte[] write(Proof proof) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .field("format", ManifestJson.FORMAT)
                .field("version", ManifestJson.VERSION)
                .field("store", proof.store())
                .field("source", proof.source())
                .field("drill", proof.drill())
                .field("backup", proof.backup())
                .field("sequence", proof.sequence())
                .field("manifestSha256", proof.manifestSha256());
        measured(json, proof.measured());
        json.name("checks").beginArray();
        for (Check check : proof.checks()) {
            json.beginObject()
                    .field("name", check.name())
                    .field("passed", check.passed())
                    .field("detail", check.detail())
                    .endObject();
        }
        json.endArray();
        if (!proof.drift().isEmpty()) {
            json.field("drift", String.join("\n", proof.drift()));
        }
        return json.endObject().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void measured(JsonWriter json, Measured measured) {
        json.field("startedAt", measured.startedAt())
                .field("tookMillis", measured.tookMillis())
                .field("recoveryMillis", measured.recoveryMillis())
                .field("lossMillis", measured.lossMillis())
                .field("bytes", measured.bytes());
    }

    static Decoded<Proof> read(byte[] utf8) {
        return Fields.read(utf8, ProofJson::proof);
    }

    private static Supplier<Proof> proof(JsonFields fields) {
        fields.only(
                "format",
                "version",
                "store",
                "source",
                "drill",
                "backup",
                "sequence",
                "manifestSha256",
                "startedAt",
                "tookMillis",
                "recoveryMillis",
                "lossMillis",
                "bytes",
                "checks",
                "drift");
        String store = Fields.id(fields, "store");
        String source = fields.text("source", 1, 40);
        String drill = Fields.id(fields, "drill");
        String backup = Fields.id(fields, "backup");
        long sequence = Fields.sequence(fields);
        String manifest = Fields.sha256(fields, "manifestSha256");
        Measured measured = measured(fields);
        List<Check> checks =
                fields.objects("checks", 1, 20).stream().map(ProofJson::check).toList();
        List<String> drift = fields.optionalText("drift", 1, Proof.MOST_DRIFT * 1_001)
                .map(lines -> lines.lines().toList())
                .orElse(List.of());
        return () -> new Proof(store, source, drill, backup, sequence, manifest, measured, checks, drift);
    }

    private static Measured measured(JsonFields fields) {
        return new Measured(
                Fields.instant(fields, "startedAt"),
                Fields.size(fields, "tookMillis"),
                Fields.size(fields, "recoveryMillis"),
                Fields.size(fields, "lossMillis"),
                Fields.size(fields, "bytes"));
    }

    private static Check check(JsonFields fields) {
        fields.only("name", "passed", "detail");
        return new Check(fields.text("name", 1, 40), fields.bool("passed"), fields.text("detail", 0, 1_000));
    }
}
