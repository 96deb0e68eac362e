// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import dev.gatehouse.config.WeakSecrets;
import dev.gatehouse.readiness.Finding;
import java.util.stream.IntStream;

/**
 * A11: what can be told of the root secret without keeping it: whether somebody typed it, copied it from an example, or
 * stretched it to the length that is asked for.
 *
 * @param bytes its length
 * @param distinct how many different bytes it has
 * @param fault why it must not be used, empty when nothing is wrong with it
 */
record RootSecret(int bytes, int distinct, String fault) {

    private static final int LEAST_DISTINCT = 12;

    static RootSecret of(Secret secret) {
        byte[] text = secret.revealBytes();
        int distinct = (int)
                IntStream.range(0, text.length).map(i -> text[i]).distinct().count();
        return new RootSecret(text.length, distinct, fault(secret, text, distinct));
    }

    private static String fault(Secret secret, byte[] text, int distinct) {
        if (WeakSecrets.isDefault(secret)) {
            return "the root secret is a shipped default or a placeholder";
        }
        if (distinct < LEAST_DISTINCT) {
            return "the root secret has hardly any variety";
        }
        if (isRepeated(text)) {
            return "the root secret repeats itself";
        }
        return isCounted(text) ? "the root secret is a row of consecutive characters" : "";
    }

    private static boolean isRepeated(byte[] text) {
        return IntStream.rangeClosed(1, text.length / 2)
                .anyMatch(period -> IntStream.range(period, text.length).allMatch(i -> text[i] == text[i - period]));
    }

    /** Whether most characters follow the one before them, as in an alphabet or on a keyboard's row of digits. */
    private static boolean isCounted(byte[] text) {
        long steps = IntStream.range(1, text.length)
                .filter(i -> Math.abs(text[i] - text[i - 1]) <= 1)
                .count();
        return steps > text.length / 2;
    }

    Finding run(Proof proof) {
        return Proof.judged(
                fault,
                proof.of("length of the root secret", bytes + " bytes"),
                proof.of("different bytes in it", String.valueOf(distinct)));
    }
}
