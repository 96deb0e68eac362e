// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.runbook;

import dev.gatehouse.backup.runbook.Runbook.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The steps of a restore, each with its commands and what to do when it does not go well. */
record RunbookSteps(RunbookSettings settings, String source) {

    List<Section> sections() {
        return List.of(places(), look(), examine(), restore(), start(), afterwards());
    }

    private Section places() {
        return new Section(
                "1. Say where things are",
                List.of(
                        "Work on a machine with Java 17 or later, in an empty folder with room for the data. If something"
                                + " lies elsewhere today, change the line.",
                        settings.places().keyFile().isEmpty()
                                ? "Each command asks for the passphrase. Without it nothing can be restored. Where there is"
                                        + " no terminal, put it into a file that only you can read, and take"
                                        + " KEY='--passphrase-file=FILE'."
                                : "The key file must be readable by you only (chmod 600). Without it nothing can be"
                                        + " restored."),
                variables());
    }

    private List<String> variables() {
        RunbookSettings.Places places = settings.places();
        List<String> lines = new ArrayList<>();
        lines.add("JAR=" + quoted(places.command()));
        lines.add("STORE=" + quoted(places.store()));
        lines.add("KEY=" + quoted(places.keyFile().isEmpty() ? "--ask-passphrase" : "--key-file=" + places.keyFile()));
        lines.add("TARGET=\"$PWD/restored\"");
        new TreeMap<>(places.environment()).forEach((name, value) -> lines.add("export " + name + "=" + quoted(value)));
        if (places.store().startsWith("s3:")) {
            lines.add(": \"${AWS_ACCESS_KEY_ID:?export it first, and AWS_SECRET_ACCESS_KEY: keys that may read the"
                    + " bucket}\"");
        }
        return lines;
    }

    private Section look() {
        String marks = settings.places().marks();
        return new Section(
                "2. Look what there is",
                List.of(
                        "Newest first. Take the newest that passed a drill unless you need what came after it.",
                        "An ALARM means that backups were deleted, replaced or put back: find out who did it before you"
                                + " rely on one, and name the one you trust by its ID in the next steps, --backup=ID."),
                List.of(command("list") + (marks.isEmpty() ? "" : " --marks=" + quoted(marks))));
    }

    private Section examine() {
        return new Section(
                "3. See whether it opens and is whole",
                List.of(
                        "Exit code 2: this is not the key. Take the copy that was made with the backup.",
                        "Exit code 1: that backup is damaged and named. Take another one, and keep it for inspection."),
                List.of(command("keys"), command("verify") + " --backup=latest"));
    }

    private Section restore() {
        return new Section(
                "4. Restore",
                List.of("The first line only asks. The second shows how far it is. The folder appears when all of it is"
                        + " authentic; a run that was cut short leaves nothing that could be taken for data."),
                List.of(command("restore") + " --to=\"$TARGET\" --dry-run", command("restore") + " --to=\"$TARGET\""));
    }

    private Section start() {
        return new Section(
                "5. Start the application on it",
                List.of(
                        "Before it is reachable: stop what is left of the old one, so that no two write. Queues and mails in"
                                + " the data are as old as the backup; decide what of them still goes out.",
                        "Then sign in, look at the newest orders, and tell customers what the gap is."),
                settings.start());
    }

    private static Section afterwards() {
        return new Section(
                "6. Afterwards",
                List.of(
                        "Make a backup of the restored application at once, into a new and empty store, and drill it. Keep the"
                                + " old store as it is: it is evidence, and what you restored from.",
                        "Write down how long each step took and what was not as written here."),
                List.of());
    }

    private String command(String name) {
        return "java -jar \"$JAR\" " + name + " --store=\"$STORE\" \"$KEY\" --source=" + source;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
