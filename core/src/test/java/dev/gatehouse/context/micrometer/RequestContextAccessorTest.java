// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.context.RequestContext;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class RequestContextAccessorTest {

    private static final RequestContext ONE = RequestContext.NONE.withRequestId("one");
    private static final RequestContext TWO = RequestContext.NONE.withRequestId("two");

    private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder()
            .contextRegistry(new ContextRegistry().registerThreadLocalAccessor(new RequestContextAccessor()))
            .clearMissing(true)
            .build();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    private ContextSnapshot captured(RequestContext context) {
        var scope = context.open();
        try {
            return snapshots.captureAll();
        } finally {
            scope.close();
        }
    }

    private static String seen() {
        return RequestContext.current().requestId().orElse("-") + " " + MDC.get("http.request.id");
    }

    @Test
    void aSnapshotPutsTheContextAndItsMdcOnAndOff() throws Exception {
        ContextSnapshot snapshot = captured(ONE);
        assertThat(thread.submit(snapshot.wrap(RequestContextAccessorTest::seen))
                        .get())
                .isEqualTo("one one");
        assertThat(thread.submit(RequestContextAccessorTest::seen).get()).isEqualTo("- null");
    }

    @Test
    void snapshotsNest() throws Exception {
        ContextSnapshot one = captured(ONE);
        ContextSnapshot two = captured(TWO);
        String all = thread.submit(one.wrap(() -> seen() + ", "
                        + two.wrap(RequestContextAccessorTest::seen).call() + ", " + seen()))
                .get();
        assertThat(all).isEqualTo("one one, two two, one one");
    }

    @Test
    void aSnapshotWithoutContextHidesTheOneThatIsThere() throws Exception {
        ContextSnapshot none = captured(RequestContext.NONE);
        var scope = ONE.open();
        try {
            assertThat(none.wrap(RequestContextAccessorTest::seen).call()).isEqualTo("- null");
            assertThat(seen()).isEqualTo("one one");
        } finally {
            scope.close();
        }
    }

    @Test
    void aRestoreTooManyDoesNothing() {
        new RequestContextAccessor().restore();
        assertThat(seen()).isEqualTo("- null");
    }
}
