// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import dev.gatehouse.backup.Archive.RestorePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What to do with restored files, in commands, by what made them. */
final class NextSteps {

    private NextSteps() {}

    static List<String> of(RestorePlan plan, Path target) {
        List<String> steps = new ArrayList<>();
        for (String file : plan.files()) {
            Path place = target.resolve(file);
            if (file.endsWith(".mv.db")) {
                String url = place.toString().substring(0, place.toString().length() - ".mv.db".length());
                steps.add("next: start the application on jdbc:h2:file:" + url);
            } else if (file.equals("globals.sql")) {
                steps.add(
                        "next: compare the roles in " + quoted(place) + " with the new server's and create what lacks");
            } else if (file.endsWith(".dump")) {
                steps.add("next: createdb NEW && pg_restore --exit-on-error --no-owner --dbname=NEW " + quoted(place));
            } else if (file.endsWith(".tree")) {
                Path files = target.resolve(file.substring(0, file.length() - ".tree".length()));
                steps.add("next: the files of the folder are in " + quoted(files));
            }
        }
        return steps;
    }

    private static String quoted(Path place) {
        return "'" + place.toString().replace("'", "'\\''") + "'";
    }
}
