// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.net.InetAddress;

/**
 * Whom a limit counts. Small and bounded whatever the client sends. Immutable.
 *
 * <p>An IPv4 address counts by itself. An IPv6 address counts as its /64, for that is what one subscriber is given; an
 * IPv4 address that arrives inside IPv6, mapped (RFC 4291) or translated through {@code 64:ff9b::/96} (RFC 6052), counts
 * as the IPv4 address it is.
 */
public sealed interface LimitKey {

    /** The kinds of key. Each has a space of its own, so that filling one leaves the others alone. */
    enum Kind {
        /** A client address. */
        ADDRESS,
        /** An account. */
        ACCOUNT,
        /** Something the application read from the request, such as the e-mail address a reset was asked for. */
        IDENTIFIER
    }

    /** The kind of key. */
    Kind kind();

    /** The key of a client address. */
    static LimitKey address(InetAddress client) {
        return AddressKeys.of(client.getAddress());
    }

    /** The key of an account, by its opaque ID of at most 128 characters. */
    static LimitKey account(String id) {
        return new Account(id);
    }

    /**
     * The key of an identifier the client chose. Only a digest is kept: neither its length nor its text stays in memory.
     * Bring it into its canonical form first, or one person has several keys.
     */
    static LimitKey identifier(String text) {
        return IdentifierKeys.of(text);
    }

    /**
     * A client address.
     *
     * @param high the first 64 bits, with everything beyond {@code prefix} zero
     * @param low the last 64 bits; an IPv4 address lies in the last 32
     * @param prefix how many bits count: 32 for IPv4, 64 for IPv6
     */
    record Address(long high, long low, int prefix) implements LimitKey {
        @Override
        public Kind kind() {
            return Kind.ADDRESS;
        }

        @Override
        public String toString() {
            return AddressKeys.text(this);
        }
    }

    /**
     * An account.
     *
     * @param id its opaque ID, 1 to 128 characters
     */
    record Account(String id) implements LimitKey {
        /** Refuses an empty ID and one that is too long to be one. */
        public Account {
            if (id.isEmpty() || id.length() > 128) {
                throw new IllegalArgumentException(
                        "ratelimit: the account's ID had " + id.length() + " characters but must have 1 to 128");
            }
        }

        @Override
        public Kind kind() {
            return Kind.ACCOUNT;
        }
    }

    /**
     * The digest of an identifier.
     *
     * @param high the first 64 bits
     * @param low the next 64 bits
     */
    record Identifier(long high, long low) implements LimitKey {
        @Override
        public Kind kind() {
            return Kind.IDENTIFIER;
        }
    }
}
