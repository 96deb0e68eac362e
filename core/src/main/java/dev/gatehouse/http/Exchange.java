// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import dev.gatehouse.context.RequestContext;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response, as the gates see them whatever the server is. Header names are case-insensitive. An
 * exchange belongs to one request and is not thread-safe: it is used by one thread at a time.
 */
public interface Exchange {

    /** The request method, as sent: {@code GET}, {@code POST} and so on. */
    String method();

    /** The request's path, still percent-encoded, without the query; begins with a slash. */
    String path();

    /** The query, still percent-encoded, without the question mark. */
    Optional<String> query();

    /** The first request header of this name, or null: the hot path of every gate, hence not an Optional. */
    @Nullable String header(String name);

    /** Every request header line of this name, in the order sent; empty when there is none. */
    List<String> headers(String name);

    /** The address of the connection's other end; the client's own is {@link RequestContext#client()}. */
    InetAddress peer();

    /** The entry of the table of routes that this request matched, {@link Route#UNMATCHED} if none did. */
    Route route();

    /** The values of the template's variables, percent-decoded; throws for a name that the template lacks. */
    String pathVariable(String name);

    /** What is known of this request so far. */
    RequestContext context();

    /** Replaces what is known of this request, for this thread and everything that follows. */
    void context(RequestContext context);

    /** Sets a response header, replacing earlier ones of this name. Values with CR or LF are refused. */
    void setHeader(String name, String value);

    /** Adds a response header line. Values with CR or LF are refused. */
    void addHeader(String name, String value);

    /** The response's status; 200 until something set another. */
    int status();

    /** The value left under {@code key}, or null. */
    <T> @Nullable T attribute(AttributeKey<T> key);

    /** Leaves a value for later interceptors and the application. */
    <T> void attribute(AttributeKey<T> key, T value);

    /**
     * States that the route's access rule was checked and holds. Without it the application never runs on a route that
     * is not open to anyone, so an application that forgot its authentication gate fails closed.
     */
    void admit();
}
