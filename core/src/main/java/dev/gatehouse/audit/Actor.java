// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.audit;

import dev.gatehouse.context.Caller;
import java.util.Locale;

/**
 * Who did it.
 *
 * @param kind what kind of actor
 * @param id the account's or key's opaque ID, the component's name, or empty for an anonymous one
 */
public record Actor(Kind kind, String id) {

    /** The kinds of actor. */
    public enum Kind {
        /** A signed-in account. */
        ACCOUNT,
        /** An API key. */
        KEY,
        /** A component of the application itself. */
        SYSTEM,
        /** Nobody known. */
        ANONYMOUS
    }

    /** The account of this ID. */
    public static Actor account(String id) {
        return new Actor(Kind.ACCOUNT, id);
    }

    /** The API key of this ID. */
    public static Actor key(String id) {
        return new Actor(Kind.KEY, id);
    }

    /** The component of this name. */
    public static Actor system(String component) {
        return new Actor(Kind.SYSTEM, component);
    }

    /** Nobody known. */
    public static Actor anonymous() {
        return new Actor(Kind.ANONYMOUS, "");
    }

    /** Who is really behind {@code caller}: the impersonator, else the API key, else the account. */
    public static Actor of(Caller caller) {
        if (caller.impersonator() != null) {
            return account(caller.impersonator());
        }
        return caller.key() != null ? key(caller.key()) : account(caller.account());
    }

    /** {@code account:ID}, {@code key:ID}, {@code system:NAME} or {@code anonymous}. */
    @Override
    public String toString() {
        String prefix = kind.name().toLowerCase(Locale.ROOT);
        return id.isEmpty() ? prefix : prefix + ":" + id;
    }
}
