// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SipHashTest {

    private final SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    /** The published algorithm on bytes, written down again word by word. */
    private static long reference(long k0, long k1, byte[] message) {
        long[] v = {
            k0 ^ 0x736f6d6570736575L, k1 ^ 0x646f72616e646f6dL, k0 ^ 0x6c7967656e657261L, k1 ^ 0x7465646279746573L
        };
        for (int at = 0; at <= message.length; at += 8) {
            long word = at + 8 > message.length ? (long) message.length << 56 : 0;
            for (int i = at; i < Math.min(at + 8, message.length); i++) {
                word |= (message[i] & 0xffL) << (8 * (i - at));
            }
            v[3] ^= word;
            round(v);
            v[0] ^= word;
        }
        v[2] ^= 0xff;
        for (int i = 0; i < 3; i++) {
            round(v);
        }
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void round(long[] v) {
        half(v, 0, 1, 13, 2, 3, 16);
        half(v, 0, 3, 21, 2, 1, 17);
    }

    private static void half(long[] v, int a, int b, int bBits, int c, int d, int dBits) {
        v[a] += v[b];
        v[b] = Long.rotateLeft(v[b], bBits) ^ v[a];
        v[c] += v[d];
        v[d] = Long.rotateLeft(v[d], dBits) ^ v[c];
        int turned = bBits == 13 ? a : c;
        v[turned] = Long.rotateLeft(v[turned], 32);
    }

    @Test
    void isSipHash13OfLatinText() {
        for (int length = 0; length < 40; length++) {
            byte[] message = new byte[length];
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                message[i] = (byte) (i * 37);
                text.append((char) (message[i] & 0xff));
            }
            assertThat(hash.of(text.toString()))
                    .isEqualTo(reference(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, message));
        }
    }

    @Test
    void tellsTextsApartThatDifferBeyondEightBits() {
        List<String> texts = List.of(
                "a",
                "\u0161",
                "a\u0000",
                "\u0100",
                "\u0001",
                "\u0000\u0001",
                "\u0001\u0000",
                "",
                "\u0000",
                "aaaaaaaa",
                "aaaaaaa\u0161",
                "\ud83d\ude00",
                "\ude00\ud83d");

        assertThat(texts.stream().map(hash::of)).doesNotHaveDuplicates();
    }

    @Test
    void dependsOnTheSecret() {
        SipHash other = new SipHash(1, 2);

        assertThat(other.of("alice")).isNotEqualTo(hash.of("alice"));
        assertThat(other.of(1, 2)).isNotEqualTo(hash.of(1, 2));
    }

    @Test
    void tellsManySimilarKeysApart() {
        LongStream.Builder seen = LongStream.builder();
        for (int i = 0; i < 50_000; i++) {
            seen.add(hash.of(LimitKey.account("account-" + i)));
            seen.add(hash.of(new LimitKey.Address(0, i, 32, true)));
            seen.add(hash.of(new LimitKey.Address((long) i << 8, 0, 56, false)));
            seen.add(hash.of(new LimitKey.Address((long) i << 8, 0, 48, false)));
        }

        assertThat(seen.build().distinct().count()).isEqualTo(200_000);
    }
}
