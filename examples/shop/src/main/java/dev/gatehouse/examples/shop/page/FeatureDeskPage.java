// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.resilience.feature.FeatureChange;
import dev.gatehouse.resilience.feature.FeatureStatus;
import dev.gatehouse.resilience.feature.Switched;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The desk where operators turn features off and on. */
public final class FeatureDeskPage {

    private static final String PAGE = "/ops/features";

    private final Function<String, String> names;
    private final Pages pages;

    /** People are called as {@code names} calls the account of an ID. */
    public FeatureDeskPage(Function<String, String> names, Pages pages) {
        this.names = names;
        this.pages = pages;
    }

    /**
     * What an operator wants.
     *
     * @param off off, else on
     * @param reason why
     * @param lasts for how long it is off
     */
    public record Wish(boolean off, String reason, Optional<Duration> lasts) {}

    /** The page of these features. */
    public Answer of(Call call, List<FeatureStatus> features, List<FeatureChange> history) {
        return pages.page(
                call.exchange(),
                "feature-desk",
                "Features",
                Map.of(
                        "features",
                        features.stream().map(this::row).toList(),
                        "history",
                        history.stream().map(this::row).toList()));
    }

    private Map<String, Object> row(FeatureStatus each) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "name", each.feature(),
                "state", each.state().word(),
                "why", each.why(),
                "sentence", each.sentence(),
                "off", each.turnedOff().isPresent(),
                "fields", each.turnedOff().isPresent() ? List.of(reason(each)) : List.of(reason(each), minutes(each))));
        each.turnedOff().ifPresent(off -> {
            row.put("who", who(off.actor()));
            row.put("ends", off.until().map(When::of).stream().toList());
        });
        return row;
    }

    private static Map<String, Object> reason(FeatureStatus each) {
        return Field.text("reason", "Why")
                .with("autocomplete", "off")
                .with("maxlength", 500)
                .id(each.feature())
                .model();
    }

    private static Map<String, Object> minutes(FeatureStatus each) {
        return Field.number("minutes", "Minutes, or until turned on", 1, 527_040)
                .id(each.feature())
                .optional()
                .model();
    }

    private Map<String, Object> row(FeatureChange change) {
        return Map.of(
                "at", When.of(change.at()),
                "name", change.feature(),
                "state", change.state().word(),
                "why", change.why(),
                "who", who(change.actor()));
    }

    private String who(String actor) {
        return actor.startsWith("account:") ? names.apply(actor.substring("account:".length())) : actor;
    }

    /** What a form says. */
    public Wish wish(Call.Form form) {
        Optional<Duration> lasts = form.field("minutes")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofMinutes(Long.parseLong(text)));
        return new Wish(
                form.field("state").filter("off"::equals).isPresent(),
                form.field("reason").orElse(""),
                lasts);
    }

    /** What is shown afterwards. */
    public Answer changed(Call call, Switched switched) {
        if (switched instanceof Switched.Done || switched instanceof Switched.Unchanged) {
            return Answer.seeOther(Notices.at(PAGE, "feature-switched"));
        }
        String text = switched instanceof Switched.Invalid invalid
                ? "The field '" + invalid.field() + "' " + invalid.rule() + "."
                : "There is no such feature.";
        int status = switched instanceof Switched.Invalid ? 422 : 404;
        return pages.message(
                status, call.exchange(), "That did not work", text, new Pages.Onward(PAGE, "All features"));
    }
}
