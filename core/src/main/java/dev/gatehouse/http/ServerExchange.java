// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server's adapter tells the {@link Pipeline} about one request and lets it do with the response. Used by one
 * thread at a time.
 */
public interface ServerExchange {

    /** The request method, as sent. */
    String method();

    /** The path as sent, still percent-encoded, without the query and without the prefix the application lives under. */
    String path();

    /** The query, still percent-encoded, without the question mark. */
    Optional<String> query();

    /** The first request header of this name, or null. */
    @Nullable String header(String name);

    /** Every request header line of this name, in the order sent. */
    List<String> headers(String name);

    /** The address of the connection's other end. */
    InetAddress peer();

    /**
     * Whether the server itself understood the path as {@code decoded}. When it did not, the application would serve
     * another path than the one whose access rule was checked, and the request is refused.
     */
    boolean understoodAs(String decoded);

    /** Sets a response header, replacing earlier ones of this name. */
    void putHeader(String name, String value);

    /** Adds a response header line. */
    void appendHeader(String name, String value);

    /** The response's status so far. */
    int status();

    /** Whether the server knows the body to be read to its end, by whomever, or its connection not to depend on that. */
    boolean bodyFinished();

    /** Whether the response's head was sent, so that it cannot be changed any more. */
    boolean committed();

    /** Forgets the response's headers and buffered body; only while not committed. */
    void reset();

    /** Sends a whole response: the status, the headers set so far, and this body (empty for none). */
    void send(int status, byte[] body) throws IOException;
}
