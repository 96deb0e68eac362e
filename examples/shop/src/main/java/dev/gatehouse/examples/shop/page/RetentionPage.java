// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.backup.retention.Candidate;
import dev.gatehouse.backup.retention.PendingRemoval;
import dev.gatehouse.backup.retention.RetentionPlan;
import dev.gatehouse.backup.retention.RetentionPlan.Entry;
import dev.gatehouse.backup.retention.RetentionPolicy;
import dev.gatehouse.backup.runbook.Runbook;
import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which backups would go, and why the others stay: operators look, administrators approve. */
public final class RetentionPage {

    private static final String PAGE = "/ops/retention";
    private static final long KIBIBYTE = 1024;

    private final Function<String, String> names;
    private final Pages pages;

    /** People are called as {@code names} calls the account of an ID. */
    public RetentionPage(Function<String, String> names, Pages pages) {
        this.names = names;
        this.pages = pages;
    }

    /** The page of this plan, and of what was approved before. */
    public Answer of(Call call, RetentionPolicy policy, RetentionPlan plan, List<PendingRemoval> pending) {
        Map<String, Object> values = new HashMap<>(Map.of(
                "policy", policy.describe(),
                "warnings", plan.warnings(),
                "plan", plan.id(),
                "leftovers", plan.leftovers(),
                "mayApprove", call.may(ShopRoles.ADMINISTER),
                "empty", plan.isEmpty(),
                "size", size(plan.bytes())));
        values.put("goes", rows(plan, false));
        values.put("stays", rows(plan, true));
        values.put("pending", pending.stream().map(this::row).toList());
        values.put("cover", cover(policy, plan));
        values.put("proof", proof(plan));
        return pages.page(call.exchange(), "retention", "Removal of old backups", values);
    }

    /** How to restore a backup. */
    public Answer of(Call call, Runbook runbook) {
        return pages.report(call.exchange(), runbook.title(), runbook.htmlSections());
    }

    private static String cover(RetentionPolicy policy, RetentionPlan plan) {
        String promise = "At most " + words(policy.recoveryPoint()) + " may be lost. ";
        return plan.widestGap(policy.keepFor())
                .map(gap -> promise + "Of the last " + policy.keepFor().toDays()
                        + " days, the widest gap between two backups that stay is " + words(gap) + ".")
                .orElse(promise + "Fewer than two backups stay that can be trusted.");
    }

    private static String proof(RetentionPlan plan) {
        return plan.provenBy()
                .map(good -> "The newest backup that has passed a drill is number " + good.sequence()
                        + ", which nothing removes.")
                .orElse("No backup has passed a drill. Nothing goes before one has: make a backup, and drill it.");
    }

    private static List<Map<String, Object>> rows(RetentionPlan plan, boolean stays) {
        return plan.entries().stream()
                .filter(entry -> entry.stays() == stays)
                .map(RetentionPage::row)
                .toList();
    }

    private static Map<String, Object> row(Entry entry) {
        Candidate candidate = entry.candidate();
        return Map.of(
                "sequence", candidate.sequence(),
                "backup", candidate.backup(),
                "taken", candidate.takenAt().map(When::of).stream().toList(),
                "size", size(candidate.bytes()),
                "standing", candidate.standing().name().toLowerCase(Locale.ROOT),
                "reason", entry.reason());
    }

    private Map<String, Object> row(PendingRemoval removal) {
        return Map.of(
                "name", removal.sequence() == 0 ? "Never finished" : "Number " + removal.sequence(),
                "backup", removal.backup(),
                "who", who(removal.by()),
                "at", When.of(removal.approvedAt()),
                "notBefore", When.of(removal.notBefore()),
                "reason", removal.reason());
    }

    private String who(String actor) {
        return actor.startsWith("account:") ? names.apply(actor.substring("account:".length())) : actor;
    }

    private static String words(Duration duration) {
        return duration.toHours() < 1 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }

    private static String size(long bytes) {
        return bytes < KIBIBYTE * KIBIBYTE
                ? (bytes + KIBIBYTE - 1) / KIBIBYTE + " KiB"
                : "%.1f MiB".formatted((double) bytes / KIBIBYTE / KIBIBYTE);
    }

    /** What is shown after an approval, which holds unless there is a reason why not. */
    public Answer approved(Call call, Optional<String> refused) {
        return after(call, "removal-approved", refused);
    }

    /** What is shown after an approval was taken back. */
    public Answer spared(Call call, boolean spared) {
        Optional<String> refused = spared ? Optional.empty() : Optional.of("That backup waits for no removal.");
        return after(call, "removal-withdrawn", refused);
    }

    private Answer after(Call call, String notice, Optional<String> refused) {
        return refused.isEmpty()
                ? Answer.seeOther(Notices.at(PAGE, notice))
                : pages.message(
                        409,
                        call.exchange(),
                        "That did not work",
                        refused.get(),
                        new Pages.Onward(PAGE, "Look at the plan as it is now"));
    }
}
