// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class RequestContextTest {

    private static final TraceParent TRACE = new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", 1);
    private static final RequestContext ONE =
            RequestContext.NONE.withRequestId("one").withTrace(TRACE).withAccount("alice");
    private static final RequestContext TWO = RequestContext.NONE.withRequestId("two");

    @BeforeEach
    @AfterEach
    void clear() {
        assertThat(RequestContext.current()).isSameAs(RequestContext.NONE);
        MDC.clear();
    }

    @Test
    void tellsWhoIsCallingAndKeepsTheRest() {
        Caller caller = Caller.key("alice", "k-1");
        assertThat(TWO.withCaller(caller).caller()).contains(caller);
        assertThat(TWO.withCaller(caller).account()).contains("alice");
        assertThat(TWO.withCaller(caller).requestId()).contains("two");
        assertThat(ONE.caller()).contains(Caller.account("alice"));
        assertThat(TWO.caller()).isEmpty();
    }

    @Nested
    class WhileOpen {

        @Test
        void isCurrentAndMirroredInTheMdc() {
            try (var scope = ONE.open()) {
                assertThat(scope).isNotNull();
                assertThat(RequestContext.current()).isSameAs(ONE);
                assertThat(MDC.getCopyOfContextMap())
                        .isEqualTo(Map.of(
                                "http.request.id",
                                "one",
                                "trace.id",
                                TRACE.traceId(),
                                "span.id",
                                TRACE.spanId(),
                                "user.id",
                                "alice"));
            }
        }

        @Test
        void hidesWhatTheOuterOneKnewAndItDoesNot() {
            try (var outer = ONE.open();
                    var inner = TWO.open()) {
                assertThat(outer).isNotEqualTo(inner);
                assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("http.request.id", "two"));
            }
        }
    }

    @Nested
    class WhenReplaced {

        @Test
        void theNewOneIsCurrentAndMirroredInTheMdc() {
            try (RequestContext.Scope scope = RequestContext.NONE.open()) {
                RequestContext known = RequestContext.NONE.withAccount("acc-1");
                scope.replace(known);
                assertThat(RequestContext.current()).isSameAs(known);
                assertThat(MDC.get("user.id")).isEqualTo("acc-1");
            }
            assertThat(MDC.get("user.id")).isNull();
            assertThat(RequestContext.current()).isSameAs(RequestContext.NONE);
        }

        @Test
        void anInnerScopeKeepsItsOwn() {
            RequestContext inner = RequestContext.NONE.withRequestId("inner");
            try (RequestContext.Scope outer = RequestContext.NONE.open()) {
                try (RequestContext.Scope scope = inner.open()) {
                    outer.replace(RequestContext.NONE.withRequestId("outer"));
                    assertThat(MDC.get("http.request.id")).isEqualTo("inner");
                    assertThat(scope).isNotNull();
                }
                assertThat(RequestContext.current().requestId()).contains("outer");
                assertThat(MDC.get("http.request.id")).isEqualTo("outer");
            }
        }
    }

    @Nested
    class WhenClosed {

        @Test
        void givesBackTheOuterContextAndItsMdc() {
            try (var outer = ONE.open()) {
                Map<String, String> before = MDC.getCopyOfContextMap();
                TWO.open().close();
                assertThat(outer).isNotNull();
                assertThat(RequestContext.current()).isSameAs(ONE);
                assertThat(MDC.getCopyOfContextMap()).isEqualTo(before);
            }
        }

        @Test
        void givesBackMdcValuesThatSomebodyElseHadSet() {
            MDC.put("trace.id", "from-another-tracer");
            MDC.put("tenant", "t1");
            ONE.open().close();
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("trace.id", "from-another-tracer", "tenant", "t1"));
        }

        @Test
        void givesThemBackEvenWhenTheyWereOverwrittenMeanwhile() {
            MDC.put("user.id", "outside");
            try (var scope = ONE.open()) {
                assertThat(scope).isNotNull();
                MDC.put("user.id", "overwritten");
                MDC.remove("trace.id");
            }
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("user.id", "outside"));
        }

        @Test
        void closingAgainChangesNothing() {
            var scope = ONE.open();
            scope.close();
            try (var other = TWO.open()) {
                scope.close();
                assertThat(other).isNotNull();
                assertThat(RequestContext.current()).isSameAs(TWO);
            }
        }
    }

    @Nested
    class WhenClosedWrongly {

        @Test
        void onAnotherThreadItThrowsAndChangesNeither() {
            var scope = ONE.open();
            try {
                CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(() -> {
                    var own = TWO.open();
                    try {
                        assertThatThrownBy(scope::close)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("wrap the task");
                        assertThat(RequestContext.current()).isSameAs(TWO);
                    } finally {
                        own.close();
                    }
                });
                elsewhere.join();
                assertThat(RequestContext.current()).isSameAs(ONE);
            } finally {
                scope.close();
            }
        }

        @Test
        void theOuterFirstItRestoresWhatWasBeforeBoth() {
            MDC.put("trace.id", "before");
            var outer = ONE.open();
            var inner = TWO.open();
            outer.close();
            assertThat(RequestContext.current()).isSameAs(RequestContext.NONE);
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("trace.id", "before"));
            inner.close();
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("trace.id", "before"));
        }

        @Test
        void aScopeForgottenByATaskDoesNotOutliveIt() {
            TWO.wrap(() -> {
                        var forgotten = ONE.open();
                        assertThat(forgotten).isNotNull();
                        MDC.put("left", "behind");
                    })
                    .run();
            assertThat(RequestContext.current()).isSameAs(RequestContext.NONE);
            assertThat(MDC.get("left")).isNull();
        }
    }

    @Nested
    class WhenTheTraceChanges {

        private final TraceState state = TraceState.EMPTY.with("foo", "1");

        @Test
        void theStateStaysWithinOneTrace() {
            RequestContext context = RequestContext.NONE.withTrace(TRACE, state).withTrace(TRACE.child());
            assertThat(context.traceState()).isEqualTo(state);
        }

        @Test
        void theStateGoesWithTheOldTrace() {
            RequestContext context = RequestContext.NONE.withTrace(TRACE, state).withTrace(TraceParent.fresh(false));
            assertThat(context.traceState()).isSameAs(TraceState.EMPTY);
        }
    }
}
