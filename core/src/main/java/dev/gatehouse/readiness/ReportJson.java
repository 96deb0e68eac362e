// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import dev.gatehouse.json.JsonWriter;
import java.util.Locale;

/** Writes a report for programs. */
final class ReportJson {

    private ReportJson() {}

    static String of(ReadinessReport report) {
        JsonWriter json = new JsonWriter().beginObject().field("generatedAt", report.generatedAt());
        json.name("items").beginArray();
        report.items().forEach(item -> write(json, item));
        return json.endArray().field("remarks", report.remarks()).endObject().toString();
    }

    private static void write(JsonWriter json, ReadinessItem item) {
        Requirement requirement = item.requirement();
        json.beginObject()
                .field("id", item.id())
                .field("title", requirement.title())
                .field("status", item.status())
                .field("automatic", requirement.automatic())
                .field("answeredBy", requirement.answeredBy().name().toLowerCase(Locale.ROOT))
                .field("reasons", item.reasons());
        json.name("evidence").beginArray();
        item.evidence().forEach(evidence -> write(json, evidence));
        json.endArray()
                .field("rank", requirement.rank())
                .field("risk", requirement.risk())
                .field("next", item.next())
                .endObject();
    }

    private static void write(JsonWriter json, Evidence evidence) {
        json.beginObject()
                .field("what", evidence.what())
                .field("value", evidence.value())
                .field("source", evidence.source())
                .field("at", evidence.at())
                .endObject();
    }
}
