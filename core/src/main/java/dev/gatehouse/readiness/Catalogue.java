// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import dev.gatehouse.config.PropertiesText;
import dev.gatehouse.readiness.Requirement.AnsweredBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The requirements of which the readiness report speaks, as data. Immutable and thread-safe. */
public final class Catalogue {

    private static final String STANDARD = "catalogue.properties";

    private final List<Requirement> requirements;

    private Catalogue(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    /** Gatehouse's own: authentication (A) to the release gate (G). */
    public static Catalogue standard() {
        try (InputStream in = Catalogue.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IllegalStateException("catalogue: " + STANDARD + " is missing from the jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every requirement, in the order of the IDs. */
    public List<Requirement> requirements() {
        return requirements;
    }

    /** The requirement of this ID. */
    public Optional<Requirement> find(String id) {
        return requirements.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    static Catalogue parse(String text) {
        PropertiesText entries = PropertiesText.parse(text);
        if (!entries.problems().isEmpty()) {
            throw new IllegalArgumentException("catalogue: " + entries.problems());
        }
        return new Catalogue(entries.values().entrySet().stream()
                .map(Catalogue::requirement)
                .sorted(Comparator.comparing((Requirement each) -> each.id().charAt(0))
                        .thenComparingInt(each -> Integer.parseInt(each.id().substring(1))))
                .toList());
    }

    private static Requirement requirement(Map.Entry<String, String> entry) {
        String[] cells = entry.getValue().split("\\|", -1);
        if (cells.length != 5) {
            throw new IllegalArgumentException(
                    "catalogue: " + entry.getKey() + " had " + cells.length + " cells but must have 5");
        }
        return new Requirement(
                entry.getKey(),
                cells[2].strip(),
                AnsweredBy.valueOf(cells[0].strip().toUpperCase(Locale.ROOT)),
                Integer.parseInt(cells[1].strip()),
                cells[3].strip(),
                cells[4].strip());
    }
}
