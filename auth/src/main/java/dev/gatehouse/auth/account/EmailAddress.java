// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.account;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address and the key by which it is told apart from others. Two addresses are the same when their normal forms
 * differ only in ASCII case: folding more would let look-alikes from other alphabets reach another's account. Mail goes
 * to the normal form, for that is what the key stands for. Immutable.
 *
 * @param text as typed, in NFC, without blanks around it
 * @param key the same with ASCII letters in lower case
 */
public record EmailAddress(String text, String key) {

    /** Characters at most (RFC 5321, less the angle brackets of a path). */
    public static final int MAX_LENGTH = 254;

    private static final Pattern FORM = Pattern.compile(
            "[^@\\p{C}\\p{Z}<>(),;:\\\\\"\\[\\]]{1,64}@[\\p{L}\\p{M}\\p{N}](?:[\\p{L}\\p{M}\\p{N}.-]*[\\p{L}\\p{M}\\p{N}])?");

    /** The address that was typed, empty when it cannot be one. */
    public static Optional<EmailAddress> parse(String typed) {
        if (typed.length() > 2 * MAX_LENGTH) {
            return Optional.empty();
        }
        String text = Normalizer.normalize(typed.strip(), Normalizer.Form.NFC);
        String key = lowerAscii(text);
        boolean sound = text.length() <= MAX_LENGTH
                && key.length() <= MAX_LENGTH
                && FORM.matcher(text).matches()
                && !text.contains("..");
        return sound ? Optional.of(new EmailAddress(text, key)) : Optional.empty();
    }

    /** What stands before the at sign. */
    public String localPart() {
        return key.substring(0, key.indexOf('@'));
    }

    /** What stands after it. */
    public String domain() {
        return key.substring(key.indexOf('@') + 1);
    }

    private static String lowerAscii(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.chars().map(c -> c >= 'A' && c <= 'Z' ? c + 32 : c).forEach(c -> lower.append((char) c));
        return lower.toString();
    }
}
