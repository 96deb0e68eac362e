// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.key;

import dev.gatehouse.auth.token.TokenHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.auth.token.Tokens.Issued;
import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * How an API key is written: {@code gh_}, 43 random letters and digits (256 bits), and six that are the CRC-32 of all
 * before them. The fixed beginning and the checksum let a scanner find a leaked key and be sure of it, and let us refuse
 * a mistyped one without asking the store. Letters and digits alone are selected by a double click.
 */
public final class ApiKeyText {

    /** How every key begins. */
    public static final String BEGINNING = "gh_";

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int CHECKED_LENGTH = BEGINNING.length() + RANDOM_LENGTH;
    private static final int LENGTH = CHECKED_LENGTH + CHECKSUM_LENGTH;
    private static final int SHOWN_LENGTH = BEGINNING.length() + 4;

    private ApiKeyText() {}

    /** A fresh key and its hash. */
    public static Issued issue(Tokens tokens) {
        String checked = BEGINNING + randomText(tokens);
        Secret key = Secret.of(checked + checksum(checked));
        return new Issued(key, hash(key).orElseThrow());
    }

    /** The hash under which a key is kept; empty for anything that is not written like one of ours. */
    public static Optional<TokenHash> hash(Secret key) {
        if (key.length() != LENGTH) {
            return Optional.empty();
        }
        String text = key.reveal();
        return isSound(text)
                ? TokenHash.of(Secret.of(text.substring(BEGINNING.length(), CHECKED_LENGTH)))
                : Optional.empty();
    }

    /** How this key begins, which may be shown. */
    public static String prefix(Secret key) {
        return key.reveal().substring(0, SHOWN_LENGTH);
    }

    private static boolean isSound(String text) {
        return text.length() == LENGTH
                && text.startsWith(BEGINNING)
                && text.chars().skip(BEGINNING.length()).allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && checksum(text.substring(0, CHECKED_LENGTH)).equals(text.substring(CHECKED_LENGTH));
    }

    /** Bytes from 248 on are passed over, so that every character is as likely as every other. */
    private static String randomText(Tokens tokens) {
        StringBuilder text = new StringBuilder();
        int fair = 256 - 256 % ALPHABET.length();
        while (text.length() < RANDOM_LENGTH) {
            int drawn = tokens.bytes(1)[0] & 0xff;
            if (drawn < fair) {
                text.append(ALPHABET.charAt(drawn % ALPHABET.length()));
            }
        }
        return text.toString();
    }

    private static String checksum(String checked) {
        CRC32 crc = new CRC32();
        crc.update(checked.getBytes(StandardCharsets.US_ASCII));
        StringBuilder digits = new StringBuilder();
        for (long rest = crc.getValue(); digits.length() < CHECKSUM_LENGTH; rest /= ALPHABET.length()) {
            digits.append(ALPHABET.charAt((int) (rest % ALPHABET.length())));
        }
        return digits.reverse().toString();
    }
}
