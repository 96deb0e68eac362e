// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

/**
 * Replaces what looks like a secret by {@code ***}. It is always on in this package's encoders; this class offers it to
 * others that keep or show text from outside. A net, not a licence: what is never logged cannot leak.
 *
 * <p>Masked are: values of names such as {@code password}, {@code secret}, {@code token}, {@code api-key},
 * {@code authorization}, {@code cookie}, in {@code name=value}, {@code name: value} and JSON spelling; credentials after
 * {@code Bearer} and {@code Basic}; the password in a URL; tokens of well-known shapes ({@code gh_…}, {@code sk_live_…},
 * JSON Web Tokens); password hashes in PHC and crypt format; private keys in PEM; and payment card numbers (13 to 19
 * digits with a right check digit). An unquoted value ends at white space, so of an unquoted password that holds a space
 * only the first word is masked.
 */
public final class Masking {

    static final String MASK = "***";

    private Masking() {}

    /** The text with every secret in it masked; the same object when there is none. */
    public static String mask(String text) {
        char[] chars = text.toCharArray();
        StringBuilder masked = null;
        int copied = 0;
        for (int i = 0; i < chars.length; i++) {
            long span = Secrets.isSignal(chars[i]) ? Secrets.find(chars, i, chars.length) : Secrets.NONE;
            if (span != Secrets.NONE) {
                masked = masked == null ? new StringBuilder(chars.length) : masked;
                masked.append(chars, copied, Secrets.start(span) - copied).append(MASK);
                copied = Secrets.end(span);
                i = copied - 1;
            }
        }
        return masked == null
                ? text
                : masked.append(chars, copied, chars.length - copied).toString();
    }

    /** The value of the field of this name, masked altogether when the name says that it is secret. */
    public static String value(String name, String value) {
        return isSecret(name) ? MASK : mask(value);
    }

    static boolean isSecret(String name) {
        return SecretNames.isSecret(name.toCharArray(), 0, name.length());
    }
}
