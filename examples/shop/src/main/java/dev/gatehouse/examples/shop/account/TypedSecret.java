// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.config.Secret;
import dev.gatehouse.json.JsonFields;

/**
 * A secret of a body that is only compared, never kept. Whatever fits into a body is taken, so that one too long to be
 * right is answered like any other that is wrong.
 */
final class TypedSecret {

    private static final int MOST = 64 * 1024;

    private TypedSecret() {}

    /** The token of a mail; an empty one is a bad one. */
    static Secret token(JsonFields body) {
        return Secret.of(body.text("token", 0, MOST));
    }

    /** The password of a sign-in. */
    static Secret password(JsonFields body) {
        return Secret.of(body.text("password", 1, MOST));
    }
}
