// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import static dev.gatehouse.readiness.ReadinessReportTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportFormatsTest {

    private static final Catalogue THREE =
            Catalogue.parse("C3=library|1|A drill succeeded|Backups that fail|Run a drill\n"
                    + "G5=people|2|Scanned|Holes|Scan\nG13=exempt|5|A mesh|None|Nothing");

    private static final String HOSTILE = "<script>alert('1')</script>\u202e\n\"&";

    private static ReadinessReport report(String value) {
        Evidence evidence = new Evidence("age", value, "drill log", NOW);
        List<ReadinessCheck> checks = List.of(
                new ReadinessCheck("C3", "drill", () -> Finding.failed("the drill failed", evidence)),
                new ReadinessCheck("G5", "scan", () -> Finding.verified(evidence)));
        return ReadinessReport.of(THREE, checks, SignOffs.none(), () -> NOW);
    }

    @Test
    void jsonHasTheMembersThatProgramsRelyOn() {
        assertThat(report("3 days").toJson()).isEqualTo("""
                        {"generatedAt":"2026-03-10T12:00:00Z","items":[\
                        {"id":"C3","title":"A drill succeeded","status":"FAILED","automatic":true,"answeredBy":"library",\
                        "reasons":["the drill failed"],\
                        "evidence":[{"what":"age","value":"3 days","source":"drill log","at":"2026-03-10T12:00:00Z"}],\
                        "rank":1,"risk":"Backups that fail","next":"Run a drill"},\
                        {"id":"G5","title":"Scanned","status":"VERIFIED","automatic":false,"answeredBy":"people",\
                        "reasons":[],\
                        "evidence":[{"what":"age","value":"3 days","source":"drill log","at":"2026-03-10T12:00:00Z"}],\
                        "rank":2,"risk":"Holes","next":""},\
                        {"id":"G13","title":"A mesh","status":"EXEMPT","automatic":false,"answeredBy":"exempt",\
                        "reasons":[],"evidence":[],"rank":5,"risk":"None","next":""}],"remarks":[]}""");
    }

    @Test
    void textSaysStatusEvidenceRiskAndNextStep() {
        assertThat(report("3 days").toText()).isEqualTo("""
                        Readiness at 2026-03-10T12:00:00Z: 1 failed, 0 stale, 0 unknown, 0 waived, 0 attested, 1 verified, 1 exempt

                        FAILED   C3   A drill succeeded
                                      why   the drill failed
                                      seen  age: 3 days (drill log, 2026-03-10T12:00:00Z)
                                      risk  1 of 5: Backups that fail
                                      next  Run a drill

                        VERIFIED G5   Scanned
                                      seen  age: 3 days (drill log, 2026-03-10T12:00:00Z)

                        EXEMPT   G13  A mesh
                        """);
    }

    @Test
    void htmlSurvivesHostileEvidence() {
        String html = report(HOSTILE).toHtml("");

        assertThat(html)
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &quot;&amp;")
                .doesNotContain("<script", "\u202e");
    }

    @Test
    void htmlFitsIntoAPageOfTheApplicationsOwn() {
        ReadinessReport report = report(HOSTILE);

        assertThat(report.toHtmlBody()).startsWith("<table>").doesNotContain("<script", "<style", "<h1>", "<main>");
        assertThat(report.toHtml("")).contains("<h1>Readiness</h1>\n" + report.toHtmlBody() + "</main>");
    }

    @Test
    void textKeepsHostileEvidenceOnOneLine() {
        assertThat(report("3 days\nVERIFIED C1 forged").toText()).contains("seen  age: 3 days VERIFIED C1 forged");
    }

    @Test
    void htmlCarriesTheNonceOnItsOnlyStyleAndNoScript() {
        String html = report("3 days").toHtml("bm9uY2U=");

        assertThat(html).containsOnlyOnce("<style nonce=\"bm9uY2U=\">").doesNotContain("<script", "style=", "onclick");
        assertThat(report("3 days").toHtml("")).doesNotContain("<style");
    }

    @Test
    void htmlCanBeReadWithoutSeeingIt() {
        assertThat(report("3 days").toHtml(""))
                .contains(
                        "<html lang=\"en\">",
                        "<caption>",
                        "<th scope=\"col\">",
                        "<th scope=\"row\">",
                        "<main>",
                        ">FAILED<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"><script>", "a b", "é"})
    void htmlRefusesANonceThatIsNone(String nonce) {
        assertThatIllegalArgumentException().isThrownBy(() -> report("3 days").toHtml(nonce));
    }
}
