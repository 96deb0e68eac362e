// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.io.IOException;

/** A request's body grew above what its route allows while it was read. Answered 413 when the application lets it pass. */
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1;

    private final long limit;

    BodyTooLargeException(long limit) {
        super("the body is above " + limit + " bytes");
        this.limit = limit;
    }

    /** What the route allows, in bytes. */
    public long limit() {
        return limit;
    }
}
