// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import dev.gatehouse.json.Checked;
import dev.gatehouse.json.FieldError;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonReader;
import dev.gatehouse.json.JsonWriter;
import dev.gatehouse.json.Parsed;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A result as JSON, format 1. */
final class ResultJson {

    private static final int FORMAT = 1;
    private static final int MOST = 10_000;
    private static final int LONGEST = 2_000;

    private ResultJson() {}

    static String write(GameDayResult result) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .field("format", FORMAT)
                .field("scenario", result.scenario())
                .field("at", result.at().toString());
        write(json, result.verdict());
        json.field("opened", result.opened().stream().sorted().toList());
        json.name("observations").beginArray();
        result.observations().forEach(each -> write(json, each));
        return json.endArray().endObject().toString();
    }

    private static void write(JsonWriter json, Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            json.field("verdict", "failed")
                    .field("phase", failed.phase().name())
                    .field("reason", clean(failed.reason()));
        } else if (verdict instanceof Verdict.Aborted aborted) {
            json.field("verdict", "aborted").field("reason", clean(aborted.reason()));
        } else {
            json.field("verdict", "held");
        }
    }

    private static void write(JsonWriter json, Observation each) {
        json.beginObject()
                .field("phase", each.phase().name())
                .field("what", clean(each.what()))
                .field("held", each.held())
                .field("measured", clean(each.measured()))
                .field("afterMs", each.after().toMillis())
                .endObject();
    }

    /** Without what the reader refuses. */
    private static String clean(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain;
    }

    static GameDayResult read(byte[] json) throws IOException {
        if (!(JsonReader.read(json) instanceof Parsed.Value parsed)) {
            throw new IOException("it is not JSON");
        }
        JsonFields fields = JsonFields.of(parsed.value());
        Checked<GameDayResult> result = result(fields);
        if (result instanceof Checked.Valid<GameDayResult> valid) {
            return valid.value();
        }
        List<FieldError> errors = fields.errors();
        throw new IOException(errors.get(0).field() + " " + errors.get(0).rule());
    }

    private static Checked<GameDayResult> result(JsonFields fields) {
        fields.integer("format", FORMAT, FORMAT);
        String scenario = fields.text("scenario", 1, 40);
        Instant at = instant(fields);
        Verdict verdict = verdict(fields);
        Set<String> opened = Set.copyOf(fields.texts("opened", 0, MOST, 40));
        List<Observation> observations = fields.objects("observations", 0, MOST).stream()
                .map(ResultJson::observation)
                .toList();
        return fields.check(() -> new GameDayResult(scenario, at, verdict, observations, opened));
    }

    private static Instant instant(JsonFields fields) {
        try {
            return Instant.parse(fields.text("at", 1, 40));
        } catch (DateTimeException e) {
            fields.refuse("at", "must be a time");
            return Instant.EPOCH;
        }
    }

    private static Verdict verdict(JsonFields fields) {
        String word = fields.text("verdict", 1, 10);
        return switch (word) {
            case "held" -> new Verdict.Held();
            case "failed" -> new Verdict.Failed(phase(fields), fields.text("reason", 0, LONGEST));
            case "aborted" -> new Verdict.Aborted(fields.text("reason", 0, LONGEST));
            default -> {
                fields.refuse("verdict", "must be held, failed or aborted");
                yield new Verdict.Aborted("");
            }
        };
    }

    private static Phase phase(JsonFields fields) {
        String word = fields.text("phase", 1, 20);
        for (Phase phase : Phase.values()) {
            if (phase.name().equals(word)) {
                return phase;
            }
        }
        fields.refuse("phase", "must be a part of a game day");
        return Phase.FAULT;
    }

    private static Observation observation(JsonFields fields) {
        return new Observation(
                phase(fields),
                fields.text("what", 0, LONGEST),
                fields.bool("held"),
                fields.text("measured", 0, LONGEST),
                Duration.ofMillis(fields.integer("afterMs", 0, Integer.MAX_VALUE)));
    }
}
