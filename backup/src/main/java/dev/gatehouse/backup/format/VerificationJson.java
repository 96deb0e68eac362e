// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.verify.VerifyLevel;
import dev.gatehouse.backup.verify.VerifyReport;
import dev.gatehouse.backup.verify.VerifyReport.Damage;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A verification as JSON. */
final class VerificationJson {

    private VerificationJson() {}

    static byte[] write(Verification verification) {
        VerifyReport report = verification.report();
        JsonWriter json = new JsonWriter()
                .beginObject()
                .field("format", ManifestJson.FORMAT)
                .field("version", ManifestJson.VERSION)
                .field("store", verification.store())
                .field("source", verification.source())
                .field("verification", verification.id())
                .field("backup", verification.backup())
                .field("startedAt", verification.startedAt())
                .field("tookMillis", verification.tookMillis())
                .field("position", verification.position())
                .field("level", report.level().toString())
                .field("backups", report.backups())
                .field("chunks", report.chunks())
                .field("bytes", report.bytes())
                .field("complete", report.complete());
        json.name("damages").beginArray();
        report.damages()
                .forEach(damage -> json.beginObject()
                        .field("backup", damage.backup())
                        .field("what", Printable.of(damage.what()))
                        .endObject());
        return json.endArray().endObject().toString().getBytes(StandardCharsets.UTF_8);
    }

    static Decoded<Verification> read(byte[] utf8) {
        return Fields.read(utf8, VerificationJson::verification);
    }

    private static Supplier<Verification> verification(JsonFields fields) {
        fields.only(
                "format",
                "version",
                "store",
                "source",
                "verification",
                "backup",
                "startedAt",
                "tookMillis",
                "position",
                "level",
                "backups",
                "chunks",
                "bytes",
                "complete",
                "damages");
        String store = Fields.id(fields, "store");
        String source = fields.text("source", 1, 40);
        String id = Fields.id(fields, "verification");
        String backup = Fields.id(fields, "backup");
        Instant startedAt = Fields.instant(fields, "startedAt");
        long took = Fields.size(fields, "tookMillis");
        long position = fields.integer("position", Long.MIN_VALUE, Long.MAX_VALUE);
        VerifyReport report = report(fields);
        return () -> new Verification(store, source, id, backup, startedAt, took, position, report);
    }

    private static VerifyReport report(JsonFields fields) {
        List<Damage> damages = fields.objects("damages", 0, VerifyReport.MOST).stream()
                .map(VerificationJson::damage)
                .toList();
        return new VerifyReport(
                level(fields),
                (int) fields.integer("backups", 0, Integer.MAX_VALUE),
                Fields.size(fields, "chunks"),
                Fields.size(fields, "bytes"),
                fields.bool("complete"),
                damages);
    }

    private static VerifyLevel level(JsonFields fields) {
        String text = fields.text("level", 1, 10);
        Optional<VerifyLevel> level = Arrays.stream(VerifyLevel.values())
                .filter(known -> known.toString().equals(text))
                .findFirst();
        if (level.isEmpty()) {
            fields.refuse("level", "must be exists, sample or full");
        }
        return level.orElse(VerifyLevel.EXISTS);
    }

    private static Damage damage(JsonFields fields) {
        fields.only("backup", "what");
        return new Damage(Fields.id(fields, "backup"), fields.text("what", 1, 1_000));
    }
}
