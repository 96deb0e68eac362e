// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;

/** How unlocking a sign-in by mail ended. */
public sealed interface Unlock {

    /**
     * The attempts of others count no more, and this device has a budget of its own. Nobody is signed in.
     *
     * @param device the token by which this device is known; hand it to {@link SessionCookies#writeDevice}
     */
    record Unlocked(Secret device) implements Unlock {}

    /** The token is unknown, used, expired or outdated: 400. */
    record BadToken() implements Unlock {}
}
