// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.errors;

import dev.gatehouse.context.RequestContext;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures and logs what ends a thread, as the JVM's default handler, and hands it on to the handler that was there
 * before. One JVM has one default handler: install it in the application, not in a library. Thread-safe.
 */
public final class UncaughtErrors implements UncaughtExceptionHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UncaughtErrors.class);

    private final ErrorLog errors;
    private final @Nullable UncaughtExceptionHandler before;

    private UncaughtErrors(ErrorLog errors, @Nullable UncaughtExceptionHandler before) {
        this.errors = errors;
        this.before = before;
    }

    /** Becomes the JVM's default handler, until closed. */
    public static UncaughtErrors install(ErrorLog errors) {
        UncaughtErrors handler = new UncaughtErrors(errors, Thread.getDefaultUncaughtExceptionHandler());
        Thread.setDefaultUncaughtExceptionHandler(handler);
        return handler;
    }

    /** Whether this is the JVM's default handler now. */
    public boolean isInstalled() {
        return Thread.getDefaultUncaughtExceptionHandler() == this;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        errors.capture(ErrorSource.THREAD, error, RequestContext.current());
        LOG.error("thread {} ended by an uncaught exception", thread.getName(), error);
        if (before != null) {
            before.uncaughtException(thread, error);
        }
    }

    /** Restores the handler that was there before, unless somebody else took over since. */
    @Override
    public void close() {
        if (isInstalled()) {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }
}
