// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/** What the table of routes says of a request. */
sealed interface Match {

    /** Whose exchange this is, for metrics and limits; unmatched unless found. */
    default Route route() {
        return Route.UNMATCHED;
    }

    /** A route serves it; {@code names} and {@code values} are its path variables. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and never handed out
    record Found(Route route, String[] names, String[] values) implements Match {}

    /** Nothing serves it. */
    record Refused(Problem problem) implements Match {}

    /** It asks which methods the path answers to. */
    record Options(String allow) implements Match {}
}
