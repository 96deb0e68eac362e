// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/**
 * Counts what is read of a request's body, announced or not, and ends the reading above the route's bound. Belongs to
 * one request; not thread-safe.
 */
public final class BodyBudget {

    private final long limit;
    private long taken;

    BodyBudget(long limit) {
        this.limit = limit;
    }

    /** Counts {@code bytes} more; an end of stream (-1) counts nothing. Throws when the body is above the bound. */
    public int take(int bytes) throws BodyTooLargeException {
        if (bytes > 0) {
            taken += bytes;
        }
        check();
        return bytes;
    }

    /** Throws when the body was found to be above the bound: nothing of such a body is handed out any more. */
    public void check() throws BodyTooLargeException {
        if (taken > limit) {
            throw new BodyTooLargeException(limit);
        }
    }
}
