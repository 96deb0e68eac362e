// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.readiness.SignOff.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SignOffsTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final Instant DATED = Instant.parse("2026-03-01T00:00:00Z");

    private static final String WHOLE = """
            pentest.id=G5
            pentest.kind=attest
            pentest.owner=Head of security
            pentest.reason=Report 17, every finding closed
            pentest.signed=2026-02-20
            pentest.expires=2026-09-06
            """;

    private static SignOffs parse(String text) {
        return SignOffs.parse("signoffs", text, DATED, NOW);
    }

    private static List<String> problems(String text) {
        try {
            parse(text);
            return List.of();
        } catch (SignOffException e) {
            return e.problems();
        }
    }

    @Test
    void readsAnEntry() {
        assertThat(parse(WHOLE).entries())
                .containsExactly(new SignOff(
                        "pentest",
                        "G5",
                        Kind.ATTEST,
                        "Head of security",
                        "Report 17, every finding closed",
                        LocalDate.parse("2026-02-20"),
                        LocalDate.parse("2026-09-06")));
    }

    @Test
    void takesTheNameAsTheIdAndTheWeakerKindAndTheDateOfTheFileWhenTheyAreLeftOut() {
        assertThat(parse("F7.owner=Lead\nF7.reason=next quarter\nF7.expires=2026-06-01")
                        .entries())
                .containsExactly(new SignOff(
                        "F7",
                        "F7",
                        Kind.DEFER,
                        "Lead",
                        "next quarter",
                        LocalDate.parse("2026-03-01"),
                        LocalDate.parse("2026-06-01")));
    }

    @ParameterizedTest
    @CsvSource({
        "pentest.owner=Head of security,pentest.owner=,pentest.owner must be set",
        "pentest.owner=Head of security,pentest.owner=   ,pentest.owner must be set",
        "'pentest.reason=Report 17, every finding closed','',pentest.reason must be set",
        "pentest.expires=2026-09-06,'',pentest.expires must be set",
        "pentest.expires=2026-09-06,pentest.expires=soon,pentest.expires was 'soon' but must be a date such as 2026-06-08",
        "pentest.expires=2026-09-06,pentest.expires=2026-09-07,'pentest.expires was ''2026-09-07'' but must be at most 180"
                + " days ahead, 2026-09-06'",
        "pentest.expires=2026-09-06,pentest.expires=+999999999-12-31,'pentest.expires was ''+999999999-12-31'' but must be"
                + " at most 180 days ahead, 2026-09-06'",
        "pentest.kind=attest,pentest.kind=ignore,pentest.kind was 'ignore' but must be attest or defer",
        "pentest.id=G5,pentest.id=all,pentest.id was 'all' but must be a requirement such as G5",
        "pentest.signed=2026-02-20,pentest.signed=2026-03-11,pentest.signed was '2026-03-11' but must not lie ahead",
        "pentest.kind=attest,pentest.kidn=attest,'pentest.kidn: must be an entry''s name, a dot and one of id, kind, owner,"
                + " reason, signed, expires'",
        "pentest.kind=attest,pentest.id=G6,the file must not set pentest.id twice"
    })
    void refusesAnEntryThatBreaksARule(String line, String instead, String problem) {
        assertThat(problems(WHOLE.replace(line, instead))).containsExactly(problem);
    }

    @Test
    void refusesTheWholeFileWithEveryProblem() {
        assertThatThrownBy(() -> parse(WHOLE + "one.id=G6\ntwo.id=G4\ntwo.owner=me\ntwo.expires=never\n"))
                .isInstanceOf(SignOffException.class)
                .hasMessage("""
                        signoffs: refused
                          one.owner must be set
                          one.reason must be set
                          one.expires must be set
                          two.reason must be set
                          two.expires was 'never' but must be a date such as 2026-06-08""");
    }

    @Test
    void refusesTwoStatementsOfOneKindAboutOneRequirement() {
        String other = WHOLE.replace("pentest", "other");

        assertThat(problems(WHOLE + other))
                .containsExactly("pentest.id was 'G5' but must not be signed twice in the same way");
    }

    @Test
    void acceptsAnExpiredEntryWhichThenDoesNotCount() {
        SignOffs signOffs = parse(WHOLE.replace("2026-09-06", "2026-03-09"));

        assertThat(signOffs.entries()).hasSize(1);
        assertThat(signOffs.valid("G5", Kind.ATTEST, NOW)).isEmpty();
    }

    @Test
    void countsUntilTheEndOfItsLastDay() {
        SignOffs signOffs = parse(WHOLE.replace("2026-09-06", "2026-03-10"));

        assertThat(signOffs.valid("G5", Kind.ATTEST, Instant.parse("2026-03-10T23:59:59Z")))
                .isPresent();
        assertThat(signOffs.valid("G5", Kind.ATTEST, Instant.parse("2026-03-11T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void areNoneWithoutAFile(@TempDir Path folder) {
        assertThat(SignOffs.read(folder.resolve("none"), () -> NOW).entries()).isEmpty();
    }

    @Test
    void areReadFromAFileOfItsOwnDate(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("signoffs.properties"), WHOLE.replaceAll("(?m)^.*signed.*\n", ""));
        Files.setLastModifiedTime(file, FileTime.from(DATED));

        assertThat(SignOffs.read(file, () -> NOW).entries())
                .extracting(SignOff::signed)
                .containsExactly(LocalDate.parse("2026-03-01"));
    }

    @Test
    void areRefusedFromAFileThatIsNoText(@TempDir Path folder) throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff});
        Path large = Files.writeString(folder.resolve("large"), "#".repeat((1 << 20) + 1));

        assertThatThrownBy(() -> SignOffs.read(binary, () -> NOW)).isInstanceOf(SignOffException.class);
        assertThatThrownBy(() -> SignOffs.read(large, () -> NOW)).hasMessageContaining("1 MiB");
    }
}
