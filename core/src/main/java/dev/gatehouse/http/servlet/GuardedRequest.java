// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.servlet;

import dev.gatehouse.http.BodyBudget;
import dev.gatehouse.http.Passage;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import org.jspecify.annotations.Nullable;

/** The request as the application sees it: its body is bounded however it is read, and its asynchronous end is known. */
final class GuardedRequest extends HttpServletRequestWrapper {

    private final ServletResponse response;
    private final Passage passage;
    private final AsyncListener end;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;
    private boolean goesOnLater;

    GuardedRequest(HttpServletRequest request, ServletResponse response, Passage passage, AsyncListener end) {
        super(request);
        this.response = response;
        this.passage = passage;
        this.end = end;
    }

    /** Whether the application went asynchronous, so that the end comes later. */
    boolean goesOnLater() {
        return goesOnLater;
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest ours, ServletResponse theirs) {
        AsyncContext context = super.startAsync(ours, theirs);
        context.addListener(end);
        goesOnLater = true;
        return context;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        if (reader != null) {
            throw new IllegalStateException("getReader was called before");
        }
        return stream();
    }

    private ServletInputStream stream() throws IOException {
        if (stream == null) {
            stream = new Bounded(super.getInputStream(), passage.body());
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (reader == null) {
            if (stream != null) {
                throw new IllegalStateException("getInputStream was called before");
            }
            String charset = getCharacterEncoding() == null ? "UTF-8" : getCharacterEncoding();
            reader = new BufferedReader(new InputStreamReader(stream(), charset));
        }
        return reader;
    }

    /** The body, counted while it is read. */
    private static final class Bounded extends ServletInputStream {

        private final ServletInputStream in;
        private final BodyBudget budget;

        Bounded(ServletInputStream in, BodyBudget budget) {
            this.in = in;
            this.budget = budget;
        }

        @Override
        public int read() throws IOException {
            budget.check();
            int value = in.read();
            budget.take(value < 0 ? value : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            budget.check();
            return budget.take(in.read(into, from, length));
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
