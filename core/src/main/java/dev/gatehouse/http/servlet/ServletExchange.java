// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http.servlet;

import dev.gatehouse.http.ClientAddress;
import dev.gatehouse.http.Passage;
import dev.gatehouse.http.Problems;
import dev.gatehouse.http.ServerExchange;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A servlet request and response as the pipeline sees them, and the response as the application sees it. */
final class ServletExchange extends HttpServletResponseWrapper implements ServerExchange {

    private static final String UNREADABLE = "*";
    private static final InetAddress NOWHERE = nowhere();

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private @Nullable Passage passage;

    ServletExchange(HttpServletRequest request, HttpServletResponse response) {
        super(response);
        this.request = request;
        this.response = response;
    }

    /** From here on, errors that the application sends become problems. */
    void applicationRuns(Passage value) {
        passage = value;
    }

    private static InetAddress nowhere() {
        InetAddress unspecified = ClientAddress.literal("0.0.0.0");
        if (unspecified == null) {
            throw new IllegalStateException("0.0.0.0 is an address");
        }
        return unspecified;
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        String uri = request.getRequestURI();
        String prefix = request.getContextPath();
        if (uri == null || !uri.startsWith(prefix)) {
            return UNREADABLE;
        }
        return prefix.isEmpty() ? uri : uri.substring(prefix.length());
    }

    @Override
    public Optional<String> query() {
        return Optional.ofNullable(request.getQueryString());
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> lines = request.getHeaders(name);
        if (lines == null || !lines.hasMoreElements()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(1);
        while (lines.hasMoreElements()) {
            all.add(lines.nextElement());
        }
        return all;
    }

    /** The peer; 0.0.0.0, which no block of proxies should hold, for a connection without an address. */
    @Override
    public InetAddress peer() {
        String text = request.getRemoteAddr();
        InetAddress address = text == null ? null : ClientAddress.literal(text);
        return address == null ? NOWHERE : address;
    }

    @Override
    public boolean understoodAs(String decoded) {
        String servlet = request.getServletPath();
        String rest = request.getPathInfo() == null ? "" : request.getPathInfo();
        return decoded.length() == servlet.length() + rest.length()
                && decoded.startsWith(servlet)
                && decoded.endsWith(rest);
    }

    @Override
    public void putHeader(String name, String value) {
        response.setHeader(name, value);
    }

    @Override
    public void appendHeader(String name, String value) {
        response.addHeader(name, value);
    }

    @Override
    public int status() {
        return response.getStatus();
    }

    @Override
    public boolean bodyFinished() {
        try {
            return !request.getProtocol().startsWith("HTTP/1")
                    || request.getInputStream().isFinished();
        } catch (IOException | IllegalStateException e) { // somebody before us took the body's reader
            return false;
        }
    }

    @Override
    public boolean committed() {
        return response.isCommitted();
    }

    @Override
    public void reset() {
        response.reset();
    }

    @Override
    public void send(int status, byte[] body) throws IOException {
        response.setStatus(status);
        if (status != 204) {
            response.setContentLength(body.length);
        }
        if (body.length > 0 && !request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(body);
        }
        response.flushBuffer();
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        answering();
        return super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        answering();
        return super.getWriter();
    }

    private void answering() {
        if (passage != null) {
            passage.answering();
        }
    }

    @Override
    public void sendError(int status) throws IOException {
        sendError(status, "");
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        if (passage == null || committed()) {
            super.sendError(status, message);
        } else {
            passage.replace(Problems.ofStatus(status));
        }
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        requireWhole(name);
        requireWhole(value);
        super.setHeader(name, value);
    }

    @Override
    public void addHeader(String name, @Nullable String value) {
        requireWhole(name);
        requireWhole(value);
        super.addHeader(name, value);
    }

    @Override
    public void setContentType(@Nullable String type) {
        requireWhole(type);
        super.setContentType(type);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        requireWhole(location);
        super.sendRedirect(location);
    }

    /** Servers differ in what they do with a line break in a header; here it never gets as far. */
    private static void requireWhole(@Nullable String text) {
        if (text != null && (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0 || text.indexOf(0) >= 0)) {
            throw new IllegalArgumentException("header: a name or value has a line break");
        }
    }
}
