// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Something the application offers: what it needs, and what users are told about it. Immutable. */
public final class Feature {

    private final String name;
    private final Sentences sentences;
    private final List<Need> needs;
    private final Translator translator;

    private Feature(String name, Sentences sentences, List<Need> needs, Translator translator) {
        this.name = name;
        this.sentences = sentences;
        this.needs = List.copyOf(needs);
        this.translator = translator;
    }

    /** A feature that needs nothing yet. {@code name}: {@code [a-z][a-z0-9-]{0,39}}. */
    public static Feature named(String name, Sentences sentences) {
        if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
            throw new IllegalArgumentException(
                    "resilience.feature: the name was '" + name + "' but must match [a-z][a-z0-9-]{0,39}");
        }
        return new Feature(name, sentences, List.of(), (state, locale) -> Optional.empty());
    }

    /** The same feature with one need more, at most 20. */
    public Feature needs(Need need) {
        List<Need> more = new ArrayList<>(needs);
        more.add(need);
        if (more.size() > 20) {
            throw new IllegalArgumentException("resilience.feature." + name + ": needs more than 20 things");
        }
        return new Feature(name, sentences, more, translator);
    }

    /** The same feature, speaking other languages too. */
    public Feature translated(Translator value) {
        return new Feature(name, sentences, needs, value);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    List<Need> needs() {
        return needs;
    }

    Feature needing(List<Need> others) {
        return new Feature(name, sentences, others, translator);
    }

    String sentence(FeatureState state, Locale locale) {
        try {
            return translator.sentence(state, locale).filter(Sentences::isOne).orElseGet(() -> sentences.of(state));
        } catch (RuntimeException e) {
            return sentences.of(state);
        }
    }
}
