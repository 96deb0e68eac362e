// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.backup.store.HighWaterMark.Mark;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What every keeper of marks must do. */
public abstract class HighWaterMarkContract {

    private static final String STORE = "5".repeat(32);

    protected abstract HighWaterMark marks() throws IOException;

    @Test
    void hasNoneAtFirst() throws IOException {
        assertThat(marks().read(STORE, "shop")).isEmpty();
    }

    @Test
    void keepsTheHighest() throws IOException {
        HighWaterMark marks = marks();
        marks.raise(STORE, "shop", mark(2));
        marks.raise(STORE, "shop", mark(3));
        assertThat(marks.read(STORE, "shop")).contains(mark(3));
    }

    @Test
    void neverGoesDownNorSideways() throws IOException {
        HighWaterMark marks = marks();
        marks.raise(STORE, "shop", mark(3));
        marks.raise(STORE, "shop", mark(2));
        marks.raise(STORE, "shop", new Mark(3, "d".repeat(32), "e".repeat(64)));
        assertThat(marks.read(STORE, "shop")).contains(mark(3));
    }

    @Test
    void keepsSourcesAndStoresApart() throws IOException {
        HighWaterMark marks = marks();
        marks.raise(STORE, "shop", mark(3));
        assertThat(marks.read(STORE, "other")).isEmpty();
        assertThat(marks.read("6".repeat(32), "shop")).isEmpty();
    }

    protected static Mark mark(long sequence) {
        return new Mark(sequence, "a".repeat(32), "b".repeat(64));
    }
}
