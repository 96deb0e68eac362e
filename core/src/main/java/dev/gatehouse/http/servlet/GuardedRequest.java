// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.servlet;

import dev.gatehouse.http.BodyBudget;
import dev.gatehouse.http.Passage;
import dev.gatehouse.http.ProblemException;
import dev.gatehouse.http.Problems;
import dev.gatehouse.http.RequestBodyException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UnsupportedEncodingException;
import java.util.Collection;
import java.util.Enumeration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The request as the application sees it: its body is bounded however it is read, and its asynchronous end is known. */
final class GuardedRequest extends HttpServletRequestWrapper {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedRequest.class);
    private static final String FORM = "application/x-www-form-urlencoded";

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

    /** Ends what the application began asynchronously before it failed; one that broke off is left to the server. */
    void giveUp(boolean answered) {
        if (answered && goesOnLater && isAsyncStarted()) {
            getAsyncContext().complete();
        }
    }

    @Override
    public AsyncContext startAsync() {
        return startAsync(this, response);
    }

    @Override
    public AsyncContext startAsync(ServletRequest ours, ServletResponse theirs) {
        AsyncContext context = super.startAsync(ours, theirs);
        context.addListener(end);
        context.setTimeout(passage.exchange().route().deadline().toMillis());
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
            reader = new BufferedReader(decoded(stream(), charset));
        }
        return reader;
    }

    private static Reader decoded(InputStream bytes, String charset) throws RequestBodyException {
        try {
            return new InputStreamReader(bytes, charset);
        } catch (UnsupportedEncodingException e) {
            throw new RequestBodyException(Problems.badRequest("The body's charset is unknown."), e);
        }
    }

    @Override
    public @Nullable String getParameter(String name) {
        return parameters(() -> super.getParameter(name));
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters(() -> super.getParameterValues(name));
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return parameters(super::getParameterNames);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return parameters(super::getParameterMap);
    }

    /** The server reads forms past us, so their length must have been announced and checked before. */
    private <T extends @Nullable Object> T parameters(Supplier<T> reader) {
        if (isUnannounced() && isForm() && stream == null) {
            throw new ProblemException(Problems.lengthRequired());
        }
        try {
            return reader.get();
        } catch (RuntimeException e) { // each server has a type of its own for malformed ones
            LOG.debug("parameters could not be read", e);
            throw new ProblemException(Problems.badRequest("The query or form is malformed."));
        }
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        requireAnnounced();
        return super.getParts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        requireAnnounced();
        return super.getPart(name);
    }

    private void requireAnnounced() {
        if (isUnannounced()) {
            throw new ProblemException(Problems.lengthRequired());
        }
    }

    /** Whether there may be a body whose length the client did not tell. */
    private boolean isUnannounced() {
        return getContentLengthLong() < 0;
    }

    private boolean isForm() {
        String type = getContentType();
        return type != null && type.regionMatches(true, 0, FORM, 0, FORM.length());
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
            return budget.read(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return budget.read(in, into, from, length);
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
