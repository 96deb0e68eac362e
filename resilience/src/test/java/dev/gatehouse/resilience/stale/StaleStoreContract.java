// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of copies promises. */
abstract class StaleStoreContract {

    abstract StaleStore store();

    private static byte[] filled(int length, int value) {
        byte[] copy = new byte[length];
        Arrays.fill(copy, (byte) value);
        return copy;
    }

    @Test
    void hasNothingBeforeTheFirstCopy() throws IOException {
        assertThat(store().load("search")).isEmpty();
    }

    @Test
    void aLaterCopyTakesThePlaceOfAnEarlierOne() throws IOException {
        store().save("search", filled(900, 1));
        store().save("search", filled(10, 2));

        assertThat(store().load("search"))
                .hasValueSatisfying(copy -> assertThat(copy).isEqualTo(filled(10, 2)));
    }

    @Test
    void cachesDoNotMix() throws IOException {
        store().save("search", filled(1, 1));
        store().save("search-more", filled(1, 2));

        assertThat(store().load("search"))
                .hasValueSatisfying(copy -> assertThat(copy).containsExactly(1));
        assertThat(store().load("search-more"))
                .hasValueSatisfying(copy -> assertThat(copy).containsExactly(2));
    }

    @Test
    void whatIsGivenInAndOutIsACopyOfItsOwn() throws IOException {
        byte[] given = filled(4, 1);
        store().save("search", given);
        given[0] = 9;
        store().load("search").orElseThrow()[1] = 9;

        assertThat(store().load("search"))
                .hasValueSatisfying(copy -> assertThat(copy).isEqualTo(filled(4, 1)));
    }

    @Test
    void aReaderNeverFindsAPartOfACopy() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int writer = 1; writer <= 2; writer++) {
                int value = writer;
                all.add(() -> {
                    for (int i = 0; i < 50; i++) {
                        store().save("search", filled(1_000 * value, value));
                    }
                    return true;
                });
                all.add(() -> {
                    boolean whole = true;
                    for (int i = 0; i < 200; i++) {
                        byte[] copy = store().load("search").orElse(new byte[0]);
                        whole &= copy.length == 0 || copy.length == 1_000 * copy[copy.length - 1];
                    }
                    return whole;
                });
            }
            for (Future<Boolean> each : threads.invokeAll(all)) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }
}
