// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

/** The store of higher limits could not be asked, or could not answer: 503. Grants already read keep holding. */
public final class HigherLimitStoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What the driver said is the cause, and never part of an answer. */
    public HigherLimitStoreException(Throwable cause) {
        super("ratelimit: the store of higher limits could not be asked", cause);
    }
}
