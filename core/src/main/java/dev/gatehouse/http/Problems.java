// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.time.Duration;

/** The problems that every house answers with. None says more than the caller may know. */
public final class Problems {

    private static final Problem BAD_PATH = Problem.of(
            400, "Bad request", "The path is ambiguous: it has an empty, dot, encoded-separator or malformed segment.");
    private static final Problem NOT_FOUND = Problem.of(404, "Not found", "There is nothing here.");
    private static final Problem INTERNAL =
            Problem.of(500, "Internal error", "Something went wrong on our side. Quote the request ID when asking.");

    private Problems() {}

    /** 400: the request is malformed. */
    public static Problem badRequest(String detail) {
        return Problem.of(400, "Bad request", detail);
    }

    static Problem badPath() {
        return BAD_PATH;
    }

    /** 401: nobody is signed in. */
    public static Problem unauthorized() {
        return Problem.of(401, "Not signed in", "Sign in first.").header("WWW-Authenticate", "Bearer");
    }

    /** 403: the caller may not do this. */
    public static Problem forbidden(String detail) {
        return Problem.of(403, "Forbidden", detail);
    }

    /** 404: no route serves this path. */
    public static Problem notFound() {
        return NOT_FOUND;
    }

    /** 405: the path is served, by other methods. */
    public static Problem methodNotAllowed(String allow) {
        return Problem.of(405, "Method not allowed", "This path answers to " + allow + ".")
                .header("Allow", allow);
    }

    /** 408: the request's body did not come within this time. */
    public static Problem tooSlow(Duration within) {
        return Problem.of(408, "Too slow", "The body must come within " + within.toSeconds() + " seconds.");
    }

    /** 411: the body's length must be announced. */
    public static Problem lengthRequired() {
        return Problem.of(411, "Length required", "Send this body with a Content-Length.");
    }

    /** 413: the request's body is above {@code limit} bytes; the rest of it is not read. */
    public static Problem tooLarge(long limit) {
        return Problem.of(413, "Body too large", "The body may have at most " + limit + " bytes.");
    }

    /** 414: the path is above {@code limit} characters. */
    public static Problem pathTooLong(int limit) {
        return Problem.of(414, "Path too long", "The path may have at most " + limit + " characters.");
    }

    /** 500: something failed. What it was stands in the log, under the request ID. */
    public static Problem internal() {
        return INTERNAL;
    }

    /** 503: the instance is shutting down and another will answer. */
    public static Problem shuttingDown() {
        return Problem.of(503, "Shutting down", "This instance is shutting down; try again.")
                .header("Connection", "close")
                .header("Retry-After", "1");
    }

    /** 503: no answer within the route's time. */
    public static Problem timedOut() {
        return Problem.of(503, "Took too long", "There was no answer in time; try again later.")
                .header("Retry-After", "1");
    }

    /** A problem for a status about which nothing more is known; 500 for what is not an error status. */
    public static Problem ofStatus(int status) {
        return switch (status) {
            case 401 -> unauthorized();
            case 404 -> NOT_FOUND;
            default ->
                status < 400 || status > 599 || status == 500
                        ? INTERNAL
                        : Problem.of(status, status < 500 ? "Refused" : "Failed", "The request was not served.");
        };
    }
}
