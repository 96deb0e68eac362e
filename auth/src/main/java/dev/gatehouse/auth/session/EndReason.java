// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.session;

import java.util.Locale;

/** Why a session is over. The names are kept in databases and audit logs: add, never rename. */
public enum EndReason {
    /** Its owner signed out. */
    LOGOUT,
    /** Its owner, or an administrator, ended it from elsewhere. */
    REVOKED,
    /** The password was changed. */
    PASSWORD_CHANGED,
    /** The password was reset by mail. */
    PASSWORD_RESET,
    /** The address was changed. */
    EMAIL_CHANGED,
    /** A second factor was enrolled, replaced or removed. */
    FACTOR_CHANGED,
    /** The account was disabled. */
    ACCOUNT_DISABLED,
    /** The same browser signed in again. */
    REPLACED,
    /** The account had as many sessions as it may have, and began another. */
    SESSION_LIMIT,
    /** A refresh token was presented that had been used up: somebody has a copy. */
    REFRESH_REUSED,
    /** It was not used for too long. */
    IDLE,
    /** It was as old as a session may become. */
    ABSOLUTE;

    /** The reason in lower case with hyphens, as events and answers show it: {@code password-changed}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
