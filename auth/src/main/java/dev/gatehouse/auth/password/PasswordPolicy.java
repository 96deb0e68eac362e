// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import java.text.Normalizer;
import java.util.Collection;
import java.util.Optional;

/**
 * Which new passwords are accepted (ASVS 5.0, 6.2.1 to 6.2.12): 8 to 1,024 code points of anything, but none that is among
 * the first guesses. Those are the commonest passwords (those of eight characters and more among the 30,000 that
 * zxcvbn lists, MIT licence, and some 3,000 beside them), common words, and the
 * words of the context, each alone, twice, cut short, with digits and signs around it or for its letters;
 * and sequences, walks on the keyboard, something short over and over, and dates. There are no rules of composition, and
 * spaces count. Stateless and thread-safe.
 *
 * <p>What else was ever leaked, a {@link BreachedPasswords} service knows.
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
                + " common words and passwords in any disguise, nor a sequence, a keyboard walk or a date";
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
        return EasyGuess.is(text, context)
                ? Optional.of("must not be a common password, a simple sequence, or made of your address or our name")
                : Optional.empty();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
