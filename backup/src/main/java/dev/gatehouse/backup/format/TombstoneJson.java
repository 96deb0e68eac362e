// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.format.Manifest.Previous;
import dev.gatehouse.backup.format.Tombstone.Approval;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** A tombstone as JSON. */
final class TombstoneJson {

    private TombstoneJson() {}

    static byte[] write(Tombstone tombstone) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .field("format", ManifestJson.FORMAT)
                .field("version", ManifestJson.VERSION)
                .field("store", tombstone.store())
                .field("source", tombstone.source())
                .field("plan", tombstone.plan())
                .field("backup", tombstone.backup())
                .field("sequence", tombstone.sequence())
                .field("manifestSha256", tombstone.manifestSha256());
        ManifestJson.previous(json, tombstone.previous());
        Approval approval = tombstone.approval();
        return json.field("approvedBy", approval.by())
                .field("approvedAt", approval.at())
                .field("newest", approval.newest())
                .field("readable", approval.readable())
                .field("reason", approval.reason())
                .endObject()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static Decoded<Tombstone> read(byte[] utf8) {
        return Fields.read(utf8, TombstoneJson::tombstone);
    }

    private static Supplier<Tombstone> tombstone(JsonFields fields) {
        fields.only(
                "format",
                "version",
                "store",
                "source",
                "plan",
                "backup",
                "sequence",
                "manifestSha256",
                "previous",
                "approvedBy",
                "approvedAt",
                "newest",
                "readable",
                "reason");
        String store = Fields.id(fields, "store");
        String source = fields.text("source", 1, 40);
        String plan = Fields.id(fields, "plan");
        String backup = Fields.id(fields, "backup");
        long sequence = fields.integer("sequence", 0, Fields.HIGHEST);
        String manifest = sequence == 0 ? fields.text("manifestSha256", 0, 0) : Fields.sha256(fields, "manifestSha256");
        Optional<Previous> previous = ManifestReader.previous(fields);
        Approval approval = approval(fields);
        return () -> new Tombstone(store, source, plan, backup, sequence, manifest, previous, approval);
    }

    private static Approval approval(JsonFields fields) {
        return new Approval(
                fields.text("approvedBy", 1, 200),
                Fields.instant(fields, "approvedAt"),
                fields.integer("newest", 0, Fields.HIGHEST),
                fields.bool("readable"),
                fields.text("reason", 0, 1_000));
    }
}
