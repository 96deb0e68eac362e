// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.backup.Backups;
import dev.gatehouse.backup.Retention;
import dev.gatehouse.backup.retention.Approval;
import dev.gatehouse.backup.retention.PendingRemoval;
import dev.gatehouse.backup.retention.RetentionPlan;
import dev.gatehouse.backup.runbook.Runbook;
import dev.gatehouse.examples.shop.page.RetentionPage;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.JsonWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which backups would go, who lets them go, and how to restore one. */
public final class RetentionHandlers {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionHandlers.class);
    private static final int ID_LENGTH = 64;

    private final Backups backups;
    private final RetentionPage page;

    /** Those of {@code backups}; people look at them on {@code page}. */
    public RetentionHandlers(Backups backups, RetentionPage page) {
        this.backups = backups;
        this.page = page;
    }

    /** GET /ops/retention: makes a plan, which changes nothing. */
    public Answer plan(Call call) {
        RetentionPlan plan = ask(Retention::plan);
        List<PendingRemoval> pending = ask(Retention::pending);
        if (call.wantsHtml()) {
            return page.of(call, retention().policy(), plan, pending);
        }
        JsonWriter json = new JsonWriter().beginObject().field("plan", plan.id());
        json.name("entries").beginArray();
        plan.entries().forEach(entry -> write(json, entry));
        json.endArray().name("pending").beginArray();
        pending.forEach(removal -> write(json, removal));
        json.endArray().field("leftovers", plan.leftovers()).field("warnings", plan.warnings());
        return Answer.json(200, json.endObject());
    }

    private static void write(JsonWriter json, RetentionPlan.Entry entry) {
        json.beginObject()
                .field("backup", entry.candidate().backup())
                .field("sequence", entry.candidate().sequence())
                .field("stays", entry.stays())
                .field("reason", entry.reason())
                .endObject();
    }

    private static void write(JsonWriter json, PendingRemoval removal) {
        json.beginObject()
                .field("backup", removal.backup())
                .field("sequence", removal.sequence())
                .field("by", removal.by())
                .field("approvedAt", removal.approvedAt())
                .field("notBefore", removal.notBefore())
                .field("reason", removal.reason())
                .endObject();
    }

    /** POST /ops/retention: approves the named plan, if it still is what would be planned now. */
    public Answer approve(Call call) throws IOException {
        if (call.isForm()) {
            Approval approval = approval(call, call.form().field("plan").orElse(""));
            return page.approved(call, refusal(approval));
        }
        Approval approval = approval(call, call.json(fields -> fields.text("plan", ID_LENGTH, ID_LENGTH)));
        if (approval instanceof Approval.Approved approved) {
            JsonWriter json = new JsonWriter().beginObject().field("approved", approved.backups());
            return Answer.json(200, json.endObject());
        }
        throw Refusal.of(409, "Not approved", refusal(approval).orElse(""));
    }

    /** Any instance may be asked, not only the one that showed the plan: the plan is made again and must be the same. */
    private Approval approval(Call call, String id) {
        RetentionPlan plan = ask(Retention::plan);
        return plan.id().equals(id)
                ? ask(retention -> retention.approve(plan, Actor.account(call.account())))
                : new Approval.Refused(
                        "The store has changed since that plan was made. Look at the plan as it is now.");
    }

    private static Optional<String> refusal(Approval approval) {
        return approval instanceof Approval.Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    /** POST /ops/retention/{backup}: takes an approval back. */
    public Answer spare(Call call) {
        String backup = call.exchange().pathVariable("backup");
        boolean spared = ask(retention -> retention.spare(backup, Actor.account(call.account())));
        if (call.wantsHtml()) {
            return page.spared(call, spared);
        }
        if (spared) {
            return Answer.noContent();
        }
        throw new Refusal(Problems.notFound());
    }

    /** GET /ops/runbook: a page for people who ask with a browser, Markdown for others. */
    public Answer runbook(Call call) {
        Runbook runbook = backups.runbook().orElseThrow(() -> new Refusal(Problems.notFound()));
        return call.wantsHtml()
                ? page.of(call, runbook)
                : Answer.of(200, "text/markdown; charset=utf-8", runbook.markdown());
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.of(retention());
        } catch (IOException e) {
            LOG.error("the store of the backups does not answer", e);
            throw Refusal.of(
                    503, "No answer", "The backups could not be read, and nothing was changed. " + e.getMessage());
        }
    }

    private interface Question<T> {
        T of(Retention retention) throws IOException;
    }

    private Retention retention() {
        return backups.retention().orElseThrow(() -> new Refusal(Problems.notFound()));
    }
}
