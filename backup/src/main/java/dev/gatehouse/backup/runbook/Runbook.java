// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.runbook;

import dev.gatehouse.backup.ProvenBackup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The procedure of a restore that anybody on the team can follow: its commands, taken in order, restore the newest backup
 * on a machine that has Java, the restore command, the store and the key. Immutable.
 */
public final class Runbook {

    private final List<Section> sections;
    private final String title;

    private Runbook(String title, List<Section> sections) {
        this.title = title;
        this.sections = List.copyOf(sections);
    }

    /**
     * A heading, sentences, and commands.
     *
     * @param title the heading
     * @param text sentences, a paragraph each
     * @param commands lines for a shell; none when there is nothing to do
     */
    record Section(String title, List<String> text, List<String> commands) {}

    /**
     * The runbook as of {@code now}.
     *
     * @param source the source's name in the store
     * @param proven the newest backup that passed a drill, whose times are the measured ones
     */
    public static Runbook of(RunbookSettings settings, String source, Optional<ProvenBackup> proven, Instant now) {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section("Who", settings.people(), List.of()));
        sections.add(new Section("How long it takes, and what is lost", times(settings, proven, now), List.of()));
        sections.addAll(new RunbookSteps(settings, source).sections());
        return new Runbook("Restoring " + settings.service(), sections);
    }

    private static List<String> times(RunbookSettings settings, Optional<ProvenBackup> proven, Instant now) {
        List<String> text = new ArrayList<>();
        text.add("Promised: restored within " + words(settings.recoveryTime()) + ", losing at most "
                + words(settings.recoveryPoint()) + ".");
        text.add(
                proven.map(backup -> "Measured by the drill of " + backup.provenAt() + ": restored and checked in "
                                + backup.recoveryMillis() + " ms"
                                + (backup.booted() ? ", with the application tried on it" : "")
                                + ". It was backup " + backup.backup() + ", number " + backup.sequence() + ", of "
                                + backup.snapshotAt() + ".")
                        .orElse(
                                "NOT MEASURED: no backup has passed a drill. Expect surprises, and drill one as soon as you can."));
        text.add("Written by the application at " + now + ". A later backup may be in the store: step 2 shows it.");
        return text;
    }

    private static String words(Duration duration) {
        return duration.toHours() >= 1 && duration.toMinutesPart() == 0
                ? duration.toHours() + " h"
                : duration.toMinutes() + " min";
    }

    /** The commands of all steps, in order. */
    public List<String> commands() {
        return sections.stream().flatMap(section -> section.commands().stream()).toList();
    }

    /** As Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder("# ").append(title).append("\n");
        for (Section section : sections) {
            text.append("\n## ").append(section.title()).append("\n");
            section.text()
                    .forEach(paragraph -> text.append("\n").append(paragraph).append("\n"));
            if (!section.commands().isEmpty()) {
                text.append("\n```sh\n")
                        .append(String.join("\n", section.commands()))
                        .append("\n```\n");
            }
        }
        return text.toString();
    }

    /** What it restores, as its heading says. */
    public String title() {
        return title;
    }

    /** As a page of HTML that needs nothing else. */
    public String html() {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><link rel=\"icon\" href=\"data:,\"><title>"
                + escaped(title) + "</title></head>\n<body><h1>" + escaped(title) + "</h1>\n" + htmlSections()
                + "</body></html>\n";
    }

    /** What {@link #html} has below its heading, for a page of the application's own: nothing in it needs to be escaped. */
    public String htmlSections() {
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            text.append("<h2>").append(escaped(section.title())).append("</h2>\n");
            section.text()
                    .forEach(paragraph ->
                            text.append("<p>").append(escaped(paragraph)).append("</p>\n"));
            if (!section.commands().isEmpty()) {
                text.append("<pre>")
                        .append(escaped(String.join("\n", section.commands())))
                        .append("</pre>\n");
            }
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** Writes {@code RUNBOOK.md} and {@code RUNBOOK.html} into {@code folder}, each replaced whole. */
    public void write(Path folder) throws IOException {
        replace(folder.resolve("RUNBOOK.md"), markdown());
        replace(folder.resolve("RUNBOOK.html"), html());
    }

    private static void replace(Path file, String text) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".runbook", ".part");
        try {
            Files.write(part, text.getBytes(StandardCharsets.UTF_8));
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
