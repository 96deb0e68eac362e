// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

/** How changing an account's roles or status ended. */
public enum AccountChange {
    /** Changed, at once here and within five seconds elsewhere. */
    DONE,
    /** There is no such account: 404. */
    NO_SUCH_ACCOUNT,
    /**
     * Nobody takes a privileged role from themselves or disables themselves while they hold one, nor does anybody who
     * has lost it meanwhile take it from others: 403. So of administrators, one is always left.
     */
    REFUSED
}
