// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

/** What came of an operator's answer to a request. */
public sealed interface Ruled {

    /**
     * The answer stands: a grant holds here at once and on every other instance within a second.
     *
     * @param request with the answer
     */
    record Done(LimitRequest request) implements Ruled {}

    /**
     * Somebody had answered before; that answer stands.
     *
     * @param request with the earlier answer
     */
    record AlreadyAnswered(LimitRequest request) implements Ruled {}

    /** There is no such request, or it is long forgotten. */
    record Unknown() implements Ruled {}

    /**
     * A field broke a rule; the request still waits.
     *
     * @param field {@code granted}, {@code days} or {@code remark}
     * @param rule what must hold, for the operator
     */
    record Invalid(String field, String rule) implements Ruled {}

    /** As many grants hold as may; the request still waits. */
    record TooMany() implements Ruled {}
}
