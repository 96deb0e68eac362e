// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Run;
import dev.gatehouse.backup.Submission;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problem;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.JsonWriter;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** Backups and drills on demand, and what became of them. */
public final class BackupHandlers {

    private final Backups backups;

    /** Runs those of {@code backups}. */
    public BackupHandlers(Backups backups) {
        this.backups = backups;
    }

    /** POST /ops/backups. */
    public Answer backUp(Call call) {
        return accepted(backups.submitBackup());
    }

    /** POST /ops/drills; the body may name a backup. */
    public Answer drill(Call call) throws IOException {
        Optional<String> backup = call.optionalJson(fields -> fields.optionalText("backup", 1, 100))
                .flatMap(Function.identity());
        return accepted(backup.map(backups::submitDrill).orElseGet(backups::submitDrill));
    }

    private static Answer accepted(Submission submission) {
        if (submission instanceof Submission.Accepted accepted) {
            return Answer.json(
                    202,
                    new JsonWriter().beginObject().field("id", accepted.id()).endObject());
        }
        String reason = submission instanceof Submission.Refused refused ? refused.reason() : "It cannot run now.";
        throw new Refusal(Problem.of(503, "Refused for now", reason).header("Retry-After", "10"));
    }

    /** GET /ops/backups. */
    public Answer list(Call call) {
        JsonWriter json = new JsonWriter().beginArray();
        backups.list().forEach(run -> write(json, run));
        return Answer.json(200, json.endArray());
    }

    /** GET /ops/backups/{id}. */
    public Answer one(Call call) {
        JsonWriter json = new JsonWriter();
        write(
                json,
                backups.run(call.exchange().pathVariable("id")).orElseThrow(() -> new Refusal(Problems.notFound())));
        return Answer.json(200, json);
    }

    private static void write(JsonWriter json, Run run) {
        json.beginObject()
                .field("id", run.id())
                .field("kind", run.kind())
                .field("status", run.status())
                .field("startedAt", run.startedAt())
                .field("seconds", run.seconds())
                .field("bytes", run.bytes())
                .field("backup", run.backup().orElse(null))
                .field("detail", run.detail())
                .endObject();
    }
}
