// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Retention;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.backup.retention.RetentionPlan;
import dev.gatehouse.backup.runbook.Runbook;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.JsonWriter;
import java.io.IOException;

/** Which backups would go, who lets them go, and how to restore one. */
public final class RetentionHandlers {

    private final Backups backups;

    /** Those of {@code backups}. */
    public RetentionHandlers(Backups backups) {
        this.backups = backups;
    }

    /** GET /ops/retention: makes a plan, which changes nothing. */
    public Answer plan(Call call) throws IOException {
        RetentionPlan plan = retention().plan();
        JsonWriter json = new JsonWriter().beginObject().field("state", plan.state());
        json.name("entries").beginArray();
        plan.entries()
                .forEach(entry -> json.beginObject()
                        .field("backup", entry.candidate().backup())
                        .field("sequence", entry.candidate().sequence())
                        .field("stays", entry.stays())
                        .field("reason", entry.reason())
                        .endObject());
        json.endArray().field("leftovers", plan.leftovers()).field("warnings", plan.warnings());
        return Answer.json(200, json.endObject());
    }

    /** POST /ops/retention: approves the plan of the named state, if the store still is in it. */
    public Answer approve(Call call) throws IOException {
        String state = call.json(fields -> fields.text("state", 64, 64));
        RetentionPlan plan = retention()
                .latest()
                .filter(latest -> latest.state().equals(state))
                .orElseThrow(() -> Refusal.of(409, "Not the plan", "Another plan was made since; look at it first."));
        if (retention().approve(plan, Actor.account(call.account())) instanceof Approval.Approved approved) {
            return Answer.json(
                    200,
                    new JsonWriter()
                            .beginObject()
                            .field("approved", approved.backups())
                            .endObject());
        }
        throw Refusal.of(
                409, "Not approved", "The store has changed since, or there is nothing to remove; plan again.");
    }

    /** GET /ops/runbook: a page for people who ask with a browser, Markdown for others. */
    public Answer runbook(Call call) {
        Runbook runbook = backups.runbook().orElseThrow(() -> new Refusal(Problems.notFound()));
        return call.wantsHtml()
                ? Answer.html(200, runbook.html())
                : Answer.of(200, "text/markdown; charset=utf-8", runbook.markdown());
    }

    private Retention retention() {
        return backups.retention().orElseThrow(() -> new Refusal(Problems.notFound()));
    }
}
