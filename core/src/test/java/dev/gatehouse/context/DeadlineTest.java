// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadlineTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private Deadline after(Duration budget) {
        return Deadline.after(budget, nanos::get);
    }

    @Test
    void runsDownAndStaysAtZeroAlsoWhenTheTickerWrapsAround() {
        Deadline deadline = after(Duration.ofNanos(10));
        nanos.addAndGet(4);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(6));
        nanos.addAndGet(6);
        assertThat(deadline.expired()).isTrue();
        nanos.addAndGet(1000);
        assertThat(deadline.remainingNanos()).isZero();
    }

    @Test
    void withinIsTheStricterOfBoth() {
        Deadline deadline = after(Duration.ofSeconds(10));
        assertThat(deadline.within(Duration.ofSeconds(20))).isSameAs(deadline);
        assertThat(deadline.within(Duration.ofSeconds(5)).remaining()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "P36501D"})
    void refusesABudgetOutOfBounds(Duration budget) {
        assertThatThrownBy(() -> after(budget)).hasMessageStartingWith("deadline: budget was");
    }

    @Test
    void travelsAsMillisecondsLeftAndAsZeroWhenItHasPassed() {
        RequestContext context = RequestContext.NONE.withDeadline(after(Duration.ofMillis(1500)));
        assertThat(OutgoingHeaders.of(context))
                .containsEntry("X-Request-Timeout-Ms", "1500")
                .hasSize(1);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(OutgoingHeaders.of(context)).containsEntry("X-Request-Timeout-Ms", "0");
    }
}
