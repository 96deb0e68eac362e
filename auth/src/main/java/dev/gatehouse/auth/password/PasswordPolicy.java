// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which new passwords are accepted (ASVS 5.0, 6.2.1 to 6.2.12): 8 to 1,024 code points of anything, but neither one of
 * the commonest passwords, nor a word of the context, nor a run of one character or of neighbours. There are no rules of
 * composition. Stateless and thread-safe.
 */
public final class PasswordPolicy {

    /** Code points that a password has at least. */
    public static final int MIN_LENGTH = 8;

    /** Code points that a password has at most. */
    public static final int MAX_LENGTH = 1_024;

    private PasswordPolicy() {}

    /** What it demands, in a line. */
    public static String inWords() {
        return MIN_LENGTH + " to " + MAX_LENGTH + " characters of any kind; none of " + CommonPasswords.size()
                + " common words and passwords, nor one of those with digits or signs around it";
    }

    /** Whether a password is longer than any that was ever accepted. */
    public static boolean isOverlong(Secret password) {
        return password.length() > 4 * MAX_LENGTH || length(password.reveal()) > MAX_LENGTH;
    }

    /** The rule that {@code password} breaks, if any; {@code context} are words close to the account or the service. */
    public static Optional<String> broken(Secret password, Collection<String> context) {
        if (isOverlong(password)) {
            return Optional.of("must be at most 1,024 characters long");
        }
        String text = Normalizer.normalize(password.reveal(), Normalizer.Form.NFC);
        if (length(text) < MIN_LENGTH) {
            return Optional.of("must be at least 8 characters long");
        }
        return isCommon(text, context)
                ? Optional.of("must not be a common password, a simple sequence, or made of your address or our name")
                : Optional.empty();
    }

    private static boolean isCommon(String text, Collection<String> context) {
        String lower = text.toLowerCase(Locale.ROOT);
        String core = core(lower);
        List<String> words = context.stream()
                .map(word -> core(word.toLowerCase(Locale.ROOT)))
                .toList();
        return CommonPasswords.contains(lower)
                || CommonPasswords.contains(core)
                || isRun(lower)
                || (core.isEmpty() && isRun(digits(lower)))
                || words.stream().anyMatch(word -> !word.isEmpty() && core.equals(word));
    }

    /** What is left when digits and signs are cut off both ends: people who must change a password add those. */
    private static String core(String word) {
        return word.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
    }

    private static String digits(String word) {
        return word.replaceAll("[^0-9]", "");
    }

    /** Whether each code point follows its neighbour by the same step of -1, 0 or 1. */
    private static boolean isRun(String text) {
        int[] points = text.codePoints().toArray();
        if (points.length < 2 || Math.abs(points[1] - points[0]) > 1) {
            return false;
        }
        for (int i = 2; i < points.length; i++) {
            if (points[i] - points[i - 1] != points[1] - points[0]) {
                return false;
            }
        }
        return true;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
