// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.auth.password.LegacyHashes.Prf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stored PBKDF2 hash, of whichever of the three spellings. Immutable. */
final class Pbkdf2Hash {

    private static final int LEAST_TAG_BYTES = 16;

    private static final Pattern DJANGO = Pattern.compile(
            "pbkdf2_(sha1|sha256|sha512)\\$([1-9]\\d{2,7})\\$([!-#%-~]{1,64})\\$([A-Za-z0-9+/=]{24,88})");

    /** PHC's, and passlib's, which has no name before the number and a point for the plus. */
    private static final Pattern PHC =
            Pattern.compile("\\$pbkdf2(?:-(sha1|sha256|sha512))?\\$(?:i=)?([1-9]\\d{2,7})(?:,l=\\d{2})?"
                    + "\\$([A-Za-z0-9+/.]{4,86})\\$([A-Za-z0-9+/.]{22,86})");

    /** Spring's: salt and hash together, 8 and 32 bytes long before 5.8, 16 and 32 since. */
    private static final Pattern SPRING = Pattern.compile("(?:[0-9a-f]{80}|[0-9a-f]{96})");

    private static final int SPRING_TAG_BYTES = 32;

    private final Prf prf;
    private final int iterations;
    private final byte[] salt;
    private final byte[] tag;

    private Pbkdf2Hash(Prf prf, int iterations, byte[] salt, byte[] tag) {
        this.prf = prf;
        this.iterations = iterations;
        this.salt = salt;
        this.tag = tag;
    }

    /** The parsed hash, empty when it is of no spelling. */
    static Optional<Pbkdf2Hash> parse(String text) {
        if (text.length() > PhcString.MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return read(text).filter(hash -> hash.salt.length > 0 && hash.tag.length >= LEAST_TAG_BYTES);
        } catch (IllegalArgumentException e) {
            // No such Base64.
            return Optional.empty();
        }
    }

    private static Optional<Pbkdf2Hash> read(String text) {
        Matcher django = DJANGO.matcher(text);
        if (django.matches()) {
            byte[] salt = django.group(3).getBytes(StandardCharsets.US_ASCII);
            return Optional.of(of(django, salt, base64(django.group(4))));
        }
        Matcher phc = PHC.matcher(text);
        if (phc.matches()) {
            return Optional.of(of(phc, base64(phc.group(3)), base64(phc.group(4))));
        }
        return SPRING.matcher(text).matches()
                ? Optional.of(spring(HexFormat.of().parseHex(text)))
                : Optional.empty();
    }

    private static Pbkdf2Hash of(Matcher parts, byte[] salt, byte[] tag) {
        String word = parts.group(1) == null ? "sha1" : parts.group(1);
        return new Pbkdf2Hash(Prf.valueOf(word.toUpperCase(Locale.ROOT)), Integer.parseInt(parts.group(2)), salt, tag);
    }

    private static Pbkdf2Hash spring(byte[] both) {
        int saltBytes = both.length - SPRING_TAG_BYTES;
        byte[] salt = Arrays.copyOf(both, saltBytes);
        byte[] tag = Arrays.copyOfRange(both, saltBytes, both.length);
        return saltBytes == 8
                ? new Pbkdf2Hash(Prf.SHA1, 185_000, salt, tag)
                : new Pbkdf2Hash(Prf.SHA256, 310_000, salt, tag);
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text.replace('.', '+'));
    }

    Prf prf() {
        return prf;
    }

    int iterations() {
        return iterations;
    }

    byte[] salt() {
        return salt;
    }

    byte[] tag() {
        return tag;
    }
}
