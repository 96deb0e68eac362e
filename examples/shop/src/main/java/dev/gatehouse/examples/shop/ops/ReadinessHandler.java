// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.examples.shop.page.Pages;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import dev.gatehouse.readiness.FailLevel;
import dev.gatehouse.readiness.ReadinessReport;
import java.util.function.Supplier;

/** The readiness report of this instance, for operators and for the release gate's own command. */
public final class ReadinessHandler implements Handler {

    /** The response header that says what the command exits with. */
    public static final String EXIT_CODE = "X-Readiness-Exit-Code";

    private final Supplier<ReadinessReport> readiness;
    private final OperatorTicket tickets;
    private final Pages pages;

    /** Reports {@code readiness}, to people on one of {@code pages}; {@code tickets} lets the command in. */
    public ReadinessHandler(Supplier<ReadinessReport> readiness, OperatorTicket tickets, Pages pages) {
        this.readiness = readiness;
        this.pages = pages;
        this.tickets = tickets;
    }

    /** GET /ops/readiness: a page for people who ask with a browser, JSON for others. */
    @Override
    public Answer handle(Call call) {
        ReadinessReport report = readiness.get();
        return call.wantsHtml()
                ? pages.report(call.exchange(), "Readiness", report.toHtmlBody())
                : Answer.json(200, report.toJson());
    }

    /** GET /ops/readiness/report: in the format asked for, for whoever holds the root secret. */
    public Answer forCommand(Call call) {
        String ticket = call.exchange().header(OperatorTicket.HEADER);
        if (ticket == null || !tickets.isValid(ticket)) {
            throw new Refusal(Problems.unauthorized());
        }
        Rendered rendered = render(readiness.get(), call.query("format").orElse("json"), level(call));
        return Answer.of(200, "text/plain; charset=utf-8", rendered.text)
                .header(EXIT_CODE, Integer.toString(rendered.exitCode));
    }

    private static FailLevel level(Call call) {
        try {
            return FailLevel.parse(call.query("fail-level").orElse("unknown"));
        } catch (IllegalArgumentException e) {
            throw Refusal.of("fail-level", "must be failed, stale or unknown");
        }
    }

    /**
     * A report as the command prints it.
     *
     * @param text the report
     * @param exitCode what the command exits with
     */
    public record Rendered(String text, int exitCode) {}

    /** {@code report} as {@code text}, {@code json} or {@code html}, and what the command exits with. */
    public static Rendered render(ReadinessReport report, String format, FailLevel level) {
        String text = switch (format) {
            case "json" -> report.toJson();
            case "html" -> report.toHtml("");
            default -> report.toText();
        };
        return new Rendered(text, report.exitCode(level));
    }
}
