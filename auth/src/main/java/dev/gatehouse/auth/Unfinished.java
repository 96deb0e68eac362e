// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

/** Holds the place of what lands next, so that callers compile already. */
public final class Unfinished {

    private Unfinished() {}

    /** Says so, loudly. */
    @SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"}) // gone with this class
    public static <T> T yet() {
        throw new UnsupportedOperationException("auth: not built yet");
    }
}
