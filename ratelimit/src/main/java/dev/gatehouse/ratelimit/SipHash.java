// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.security.SecureRandom;

/**
 * SipHash-1-3 (Aumasson and Bernstein, 2012) under a secret of its own: whoever does not know the secret cannot choose
 * keys that meet in one place. Allocates nothing. Immutable and thread-safe.
 */
final class SipHash {

    private final long secret0;
    private final long secret1;

    SipHash(long secret0, long secret1) {
        this.secret0 = secret0;
        this.secret1 = secret1;
    }

    static SipHash random(SecureRandom random) {
        return new SipHash(random.nextLong(), random.nextLong());
    }

    /** The hash of a key within its kind. */
    long of(LimitKey key) {
        if (key instanceof LimitKey.Address address) {
            return of(address.high(), address.low() ^ (long) address.prefix() << 40 ^ (address.v4() ? 1L << 48 : 0));
        }
        if (key instanceof LimitKey.Digest digest) {
            return of(digest.high(), digest.low());
        }
        return of(((LimitKey.Named) key).id());
    }

    /** The hash of two words. */
    long of(long first, long second) {
        State state = new State(secret0, secret1);
        state.add(first);
        state.add(second);
        return state.finish();
    }

    /** The hash of a text: eight bits a character where they suffice, else sixteen. */
    long of(String text) {
        State state = new State(secret0, secret1);
        int length = text.length();
        int at = 0;
        int seen = 0;
        for (; at + 8 <= length; at += 8) {
            long word = 0;
            for (int i = 0; i < 8; i++) {
                char c = text.charAt(at + i);
                word |= (long) c << (8 * i);
                seen |= c;
            }
            state.add(word);
        }
        long word = 0;
        for (int i = 0; at + i < length; i++) {
            char c = text.charAt(at + i);
            word |= (long) c << (8 * i);
            seen |= c;
        }
        state.add(word | (long) length << 56);
        return seen < 0x100 ? state.finish() : ofWide(text);
    }

    private long ofWide(String text) {
        State state = new State(secret0, secret1);
        for (int i = 0; i < text.length(); i++) {
            state.add(text.charAt(i));
        }
        state.add(-text.length());
        return state.finish();
    }

    /** The four words that are stirred; lives on the stack. */
    private static final class State {

        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long k0, long k1) {
            v0 = k0 ^ 0x736f6d6570736575L;
            v1 = k1 ^ 0x646f72616e646f6dL;
            v2 = k0 ^ 0x6c7967656e657261L;
            v3 = k1 ^ 0x7465646279746573L;
        }

        void add(long word) {
            v3 ^= word;
            round();
            v0 ^= word;
        }

        long finish() {
            v2 ^= 0xff;
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
