// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a report for browsers and screen readers: one table, whose statuses are words, not colours alone. */
final class ReportHtml {

    private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9+/_=-]{0,128}");

    private static final String STYLE = """
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }
            table { border-collapse: collapse; width: 100% }
            caption { text-align: left; padding-bottom: .5rem }
            th, td { border-top: 1px solid #767676; padding: .5rem; text-align: left; vertical-align: top }
            ul { margin: 0; padding-left: 1.2rem }
            .failed, .stale { color: #8f0000 } .unknown, .waived { color: #6b4400 } .verified, .attested { color: #0a5c1f }
            """;

    private ReportHtml() {}

    static String of(ReadinessReport report, String nonce) {
        if (!NONCE.matcher(nonce).matches()) {
            throw new IllegalArgumentException("readiness: the nonce must be Base64 of at most 128 characters");
        }
        String style = nonce.isEmpty() ? "" : "<style nonce=\"" + nonce + "\">\n" + STYLE + "</style>\n";
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<link rel=\"icon\" href=\"data:,\">\n<title>Readiness</title>\n" + style
                + "</head>\n<body>\n<main>\n<h1>Readiness</h1>\n"
                + body(report) + "</main>\n</body>\n</html>\n";
    }

    static String body(ReadinessReport report) {
        return table(report) + remarks(report.remarks());
    }

    private static String table(ReadinessReport report) {
        String rows = report.items().stream().map(ReportHtml::row).collect(Collectors.joining());
        return "<table>\n<caption>At <time datetime=\"" + report.generatedAt() + "\">" + report.generatedAt()
                + "</time>: " + ReportText.summary(report) + "</caption>\n<thead><tr>"
                + "<th scope=\"col\">Requirement</th><th scope=\"col\">Status</th><th scope=\"col\">Evidence</th>"
                + "<th scope=\"col\">Risk and next step</th></tr></thead>\n<tbody>\n" + rows + "</tbody>\n</table>\n";
    }

    private static String row(ReadinessItem item) {
        Requirement requirement = item.requirement();
        String status = item.status().name();
        String risk = item.status().open()
                ? "<p>Risk " + requirement.rank() + " of 5: " + text(requirement.risk()) + "</p>"
                : "";
        String next = item.next().isEmpty() ? "" : "<p>Next: " + text(item.next()) + "</p>";
        return "<tr id=\"" + item.id() + "\"><th scope=\"row\">" + item.id() + " " + text(requirement.title())
                + "</th><td>"
                + "<strong class=\"" + status.toLowerCase(Locale.ROOT) + "\">" + status + "</strong>"
                + list(item.reasons()) + "</td><td>"
                + list(item.evidence().stream().map(ReportText::sentence).toList()) + "</td><td>" + risk + next
                + "</td></tr>\n";
    }

    private static String remarks(List<String> remarks) {
        return remarks.isEmpty() ? "" : "<h2>Remarks</h2>\n" + list(remarks) + "\n";
    }

    private static String list(List<String> lines) {
        return lines.isEmpty()
                ? ""
                : lines.stream()
                        .map(line -> "<li>" + text(line) + "</li>")
                        .collect(Collectors.joining("", "<ul>", "</ul>"));
    }

    private static String text(String text) {
        return Quoted.plain(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
