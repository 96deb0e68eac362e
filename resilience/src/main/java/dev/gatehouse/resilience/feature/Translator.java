// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import java.util.Locale;
import java.util.Optional;

/** Says a feature's sentences in other languages. Thread-safe, and quick: it is asked for each notice. */
@FunctionalInterface
public interface Translator {

    /**
     * The sentence for this state; empty when there is none in this language, and then the feature's own is used. So it is
     * when this throws, or when what it says is not one line of 1 to 300 characters.
     */
    Optional<String> sentence(FeatureState state, Locale locale);
}
