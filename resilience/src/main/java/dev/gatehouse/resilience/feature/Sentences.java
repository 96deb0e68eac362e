// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

/**
 * What users are told, in each state: what works and what does not, and what becomes of what they did. Each is 1 to 300
 * characters on one line, and no two are the same.
 *
 * @param up said when all is well
 * @param degraded said while it works, but not as well
 * @param off said while it does not work, whether a dependency is down or somebody turned it off
 */
public record Sentences(String up, String degraded, String off) {

    static final int LONGEST = 300;

    /** Refuses a sentence that is missing, too long, not one line, or used twice. */
    public Sentences {
        for (String sentence : new String[] {up, degraded, off}) {
            if (!isOne(sentence)) {
                throw new IllegalArgumentException("resilience.feature: a sentence was '" + sentence
                        + "' but must be one line of 1 to " + LONGEST + " characters");
            }
        }
        if (up.equals(degraded) || up.equals(off) || degraded.equals(off)) {
            throw new IllegalArgumentException(
                    "resilience.feature: the sentence '" + degraded + "' is used for two states but must differ");
        }
    }

    String of(FeatureState state) {
        return switch (state) {
            case UP -> up;
            case DEGRADED -> degraded;
            case OFF -> off;
        };
    }

    static boolean isOne(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }
}
