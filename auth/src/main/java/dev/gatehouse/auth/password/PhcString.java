// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.auth.password.Argon2.Cost;
import dev.gatehouse.auth.password.Argon2.Variant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stored Argon2 hash in the PHC string format, with its cost within bounds: whoever can write to the database must
 * not be able to make a sign-in take 4 GiB. Immutable.
 */
final class PhcString {

    /** Characters at most. */
    static final int MAX_LENGTH = 255;

    private static final Pattern FORM =
            Pattern.compile("\\$argon2(id|i|d)\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d?),p=([1-9]\\d?)"
                    + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    private final Cost cost;
    private final byte[] salt;
    private final byte[] tag;

    PhcString(Cost cost, byte[] salt, byte[] tag) {
        this.cost = cost;
        this.salt = salt;
        this.tag = tag;
    }

    /** The parsed string, empty when it is malformed, of another algorithm or version, or too costly. */
    static Optional<PhcString> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<byte[]> salt = decoded(parts.group(5));
        Optional<byte[]> tag = decoded(parts.group(6));
        Cost cost = new Cost(variant(parts.group(1)), number(parts, 2), number(parts, 3), number(parts, 4));
        return salt.isPresent() && tag.isPresent() && isBounded(cost)
                ? Optional.of(new PhcString(cost, salt.get(), tag.get()))
                : Optional.empty();
    }

    private static boolean isBounded(Cost cost) {
        return cost.memoryKib() >= 8 * cost.parallelism()
                && cost.memoryKib() <= Argon2Parameters.MAX_MEMORY_KIB
                && cost.iterations() <= Argon2Parameters.MAX_ITERATIONS
                && cost.parallelism() <= Argon2Parameters.MAX_PARALLELISM;
    }

    Cost cost() {
        return cost;
    }

    byte[] salt() {
        return salt;
    }

    byte[] tag() {
        return tag;
    }

    /** Whether it is of another variant or any part of its cost lies below {@code wanted}. */
    boolean isWeakerThan(Cost wanted) {
        return cost.variant() != wanted.variant()
                || cost.memoryKib() < wanted.memoryKib()
                || cost.iterations() < wanted.iterations()
                || cost.parallelism() < wanted.parallelism();
    }

    /** The whole string, as it is stored. */
    String encoded() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return cost.prefix() + base64.encodeToString(salt) + "$" + base64.encodeToString(tag);
    }

    /** The cost only. */
    @Override
    public String toString() {
        return cost.prefix();
    }

    private static Variant variant(String word) {
        return Variant.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
