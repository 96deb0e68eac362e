// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.session.EndReason;
import dev.gatehouse.auth.session.SessionTokens;

/** How a refresh ended. All but the first are 401. */
public sealed interface Refresh {

    /**
     * The next tokens, or the same ones again within the ten seconds of grace. Hand them to {@link SessionCookies#write}.
     *
     * @param account whose session it is
     * @param tokens in place of those that the client has
     */
    record Refreshed(String account, SessionTokens tokens) implements Refresh {}

    /**
     * The session is over; a refresh never revives one.
     *
     * @param reason why
     */
    record Ended(EndReason reason) implements Refresh {}

    /**
     * A token that was used up: somebody has a copy, and nobody can tell who. The session has just been ended.
     *
     * @param account whose it was
     */
    record Reused(String account) implements Refresh {}

    /** Not a refresh token of ours, or one from before the session's privileges changed. */
    record Unknown() implements Refresh {}
}
