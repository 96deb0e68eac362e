// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import dev.gatehouse.backup.drill.BootProbe.Application;
import dev.gatehouse.backup.format.Manifest;
import dev.gatehouse.backup.format.Proof.Check;
import dev.gatehouse.backup.source.Facts;
import dev.gatehouse.backup.source.RestoredDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a drill asks a restored database, and the empty one that must not pass. */
record Examination(Checks checks, Manifest manifest, Optional<TimedProbe> probe) {

    /** Asks a restored database everything. The probe comes last, for it writes. */
    void mustPass(RestoredDatabase database, Path application) {
        List<String> differences = new ArrayList<>();
        checks.check("catalogue", () -> {
            differences.addAll(database.differences(manifest.facts(), manifest.invariants()));
            return same(manifest.facts().undeclared(), differences, line -> !line.startsWith(Facts.DECLARED));
        });
        checks.check(
                "invariants",
                () -> same(manifest.facts().declared(), differences, line -> line.startsWith(Facts.DECLARED)));
        checks.check("migrations", () -> uncomplaining(database));
        probe.ifPresent(asked -> use(asked, database, application));
    }

    private void use(TimedProbe asked, RestoredDatabase database, Path folder) {
        List<Application> started = new ArrayList<>(1);
        try {
            checks.check("boot", () -> {
                started.add(asked.boot(database, folder));
                return "the application started";
            });
            for (Application application : started) {
                checks.check("readiness", application::ready);
                checks.check("read journey", application::read);
                checks.check(Check.PROBE, application::write);
            }
        } finally {
            started.forEach(Application::close);
        }
    }

    /** Asks an empty database, which proves that the same questions can be answered otherwise. */
    void mustFail(RestoredDatabase empty, Path application) {
        checks.check("facts can fail", () -> different(empty));
        probe.ifPresent(asked -> checks.check("probe can fail", () -> asked.mustFail(empty, application)));
    }

    private static String same(Facts facts, List<String> differences, Predicate<String> concerned)
            throws Checks.Failure {
        List<String> ours = differences.stream().filter(concerned).toList();
        if (!ours.isEmpty()) {
            throw new Checks.Failure(ours.size() + " facts differ: " + String.join("; ", ours));
        }
        return facts.values().size() + " facts are the same";
    }

    private String different(RestoredDatabase empty) throws SQLException, Checks.Failure {
        int differences =
                empty.differences(manifest.facts().undeclared(), List.of()).size();
        if (differences == 0) {
            throw new Checks.Failure("an empty database passes too, so the backup holds nothing worth restoring");
        }
        if (!manifest.invariants().isEmpty() && passes(empty)) {
            throw new Checks.Failure("the declared invariants pass on an empty database too, so they prove nothing");
        }
        return "an empty database differs in " + differences + " facts";
    }

    private boolean passes(RestoredDatabase empty) {
        try {
            return manifest.facts()
                    .declared()
                    .differences(empty.facts(manifest.invariants()).declared())
                    .isEmpty();
        } catch (SQLException e) {
            // The tables that they ask are not there: they can fail.
            return false;
        }
    }

    private static String uncomplaining(RestoredDatabase database) throws SQLException, Checks.Failure {
        List<String> complaints = database.complaints();
        if (!complaints.isEmpty()) {
            throw new Checks.Failure(String.join("; ", complaints));
        }
        return "every recorded migration succeeded";
    }
}
