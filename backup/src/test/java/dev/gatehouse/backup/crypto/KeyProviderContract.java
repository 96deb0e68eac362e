// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What every key provider must do, those on key services too. */
abstract class KeyProviderContract {

    private static final byte[] KEY = "a data key of thirty-two bytes..".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HERE = "here".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] THERE = "there".getBytes(StandardCharsets.US_ASCII);

    /** A provider with its first key, opened anew on every call. */
    abstract KeyProvider provider() throws Exception;

    /** The same after a rotation: another key wraps, the first one still unwraps. */
    abstract KeyProvider rotated() throws Exception;

    /** The same when the first key was taken away. */
    abstract KeyProvider withoutTheFirst() throws Exception;

    @Test
    void unwrapsWhatItWrappedAfterARestart() throws Exception {
        byte[] wrapped = provider().wrap(KEY, HERE);
        assertThat(provider().unwrap(wrapped, HERE)).isEqualTo(KEY);
        assertThat(new String(wrapped, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(KEY, StandardCharsets.ISO_8859_1));
    }

    @Test
    void neverWrapsTwiceInTheSameWay() throws Exception {
        KeyProvider provider = provider();
        assertThat(provider.wrap(KEY, HERE)).isNotEqualTo(provider.wrap(KEY, HERE));
    }

    @Test
    void refusesWhatWasWrappedForSomethingElse() throws Exception {
        byte[] wrapped = provider().wrap(KEY, HERE);
        assertThatThrownBy(() -> provider().unwrap(wrapped, THERE)).isInstanceOf(WrongKeyException.class);
    }

    @Test
    void refusesEveryChangedByte() throws Exception {
        KeyProvider provider = provider();
        byte[] wrapped = provider.wrap(KEY, HERE);
        // A changed salt is half a second's work, so the bytes of one salt are enough.
        for (int i = 0; i < wrapped.length; i += i == 1 ? 16 : 1) {
            byte[] changed = wrapped.clone();
            changed[i] ^= 1;
            assertThatThrownBy(() -> provider.unwrap(changed, HERE))
                    .as("byte %d", i)
                    .isInstanceOf(WrongKeyException.class);
        }
        for (int length = 0; length < 40; length++) {
            byte[] cut = java.util.Arrays.copyOf(wrapped, length);
            assertThatThrownBy(() -> provider.unwrap(cut, HERE)).isInstanceOf(WrongKeyException.class);
        }
    }

    @Test
    void unwrapsOldOnesAfterARotationAndTellsThemFromNewOnes() throws Exception {
        byte[] old = provider().wrap(KEY, HERE);
        KeyProvider rotated = rotated();
        byte[] fresh = rotated.wrap(KEY, HERE);
        assertThat(rotated.unwrap(old, HERE)).isEqualTo(KEY);
        assertThat(rotated.unwrap(fresh, HERE)).isEqualTo(KEY);
        assertThat(rotated.isCurrent(old)).isFalse();
        assertThat(rotated.isCurrent(fresh)).isTrue();
    }

    @Test
    void tellsAWrongKeyWhenTheOldOneIsGone() throws Exception {
        byte[] old = provider().wrap(KEY, HERE);
        byte[] fresh = rotated().wrap(KEY, HERE);
        KeyProvider left = withoutTheFirst();
        assertThat(left.unwrap(fresh, HERE)).isEqualTo(KEY);
        assertThatThrownBy(() -> left.unwrap(old, HERE)).isInstanceOf(WrongKeyException.class);
    }
}
