// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stored Argon2id hash in the PHC string format, with its cost within bounds: whoever can write to the database must
 * not be able to make a sign-in take 4 GiB. Immutable.
 *
 * @param memoryKib memory in KiB
 * @param iterations passes
 * @param parallelism lanes
 */
record PhcString(int memoryKib, int iterations, int parallelism) {

    /** Characters at most. */
    static final int MAX_LENGTH = 255;

    private static final Pattern FORM =
            Pattern.compile("\\$argon2id\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d?),p=([1-9]\\d?)"
                    + "\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{22,86})");

    /** The parsed string, empty when it is malformed, of another algorithm or version, or too costly. */
    static Optional<PhcString> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || !decodes(parts.group(4)) || !decodes(parts.group(5))) {
            return Optional.empty();
        }
        PhcString found = new PhcString(number(parts, 1), number(parts, 2), number(parts, 3));
        return found.isBounded() ? Optional.of(found) : Optional.empty();
    }

    private boolean isBounded() {
        return memoryKib >= 8 * parallelism
                && memoryKib <= Argon2Parameters.MAX_MEMORY_KIB
                && iterations <= Argon2Parameters.MAX_ITERATIONS
                && parallelism <= Argon2Parameters.MAX_PARALLELISM;
    }

    /** Whether any part of its cost lies below {@code wanted}. */
    boolean isWeakerThan(Argon2Parameters wanted) {
        return memoryKib < wanted.memoryKib() || iterations < wanted.iterations() || parallelism < wanted.parallelism();
    }

    private static boolean decodes(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
