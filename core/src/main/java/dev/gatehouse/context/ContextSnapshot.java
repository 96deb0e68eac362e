// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A context with the whole MDC of the thread that took it, to be put on for the length of one task. Afterwards the
 * running thread has exactly the context and MDC it had, whatever the task left behind.
 */
final class ContextSnapshot {

    private final RequestContext context;
    private final @Nullable Map<String, String> mdc;

    private ContextSnapshot(RequestContext context, @Nullable Map<String, String> mdc) {
        this.context = context;
        this.mdc = mdc;
    }

    /** {@code context} with the calling thread's MDC. */
    static ContextSnapshot of(RequestContext context) {
        return new ContextSnapshot(context, MDC.getCopyOfContextMap());
    }

    Runnable wrap(Runnable task) {
        return () -> run(task);
    }

    <T> Callable<T> wrap(Callable<T> task) {
        return () -> call(task);
    }

    void run(Runnable task) {
        Runnable takeOff = putOn();
        try {
            task.run();
        } finally {
            takeOff.run();
        }
    }

    private <T> T call(Callable<T> task) throws Exception {
        Runnable takeOff = putOn();
        try {
            return task.call();
        } finally {
            takeOff.run();
        }
    }

    /** Puts it on; running the answer gives the thread back what it had. */
    private Runnable putOn() {
        Map<String, String> before = MDC.getCopyOfContextMap();
        set(mdc);
        RequestContext.Scope scope = context.open();
        return () -> {
            scope.close();
            set(before);
        };
    }

    private static void set(@Nullable Map<String, String> map) {
        if (map == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(map);
        }
    }
}
