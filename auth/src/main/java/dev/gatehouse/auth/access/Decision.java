// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.access;

/** Whether an account may do something to a resource. */
public sealed interface Decision {

    /** The account that wants to; empty for a stranger. */
    String account();

    /** The permission that it takes. */
    String permission();

    /** The account whose resource it is. */
    String owner();

    /** Whether it may. */
    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    /**
     * It may.
     *
     * @param account the account that wants to
     * @param permission the permission that let it
     * @param owner the account whose resource it is
     */
    record Allowed(String account, String permission, String owner) implements Decision {}

    /**
     * It may not.
     *
     * @param account the account that wants to; empty for a stranger
     * @param permission the permission that it would take
     * @param owner the account whose resource it is
     * @param reason why not; for our own eyes, since it may tell that the resource exists
     */
    record Denied(String account, String permission, String owner, Reason reason) implements Decision {}

    /** Why an account may not. */
    enum Reason {
        /** Nobody is signed in. */
        NOT_SIGNED_IN,
        /** No role of the account grants it. */
        NOT_GRANTED,
        /** A role grants it once a second factor is used in the session. */
        FACTOR_NEEDED,
        /** It is another account's, and no permission reaches those. */
        NOT_OWNER,
        /** It is another tenant's, or only one side of the question names a tenant. */
        OTHER_TENANT
    }
}
