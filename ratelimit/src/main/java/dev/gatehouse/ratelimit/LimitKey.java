// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.net.InetAddress;
import java.util.Locale;

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
        /** A client address: IPv4, or the /64 of IPv6. */
        ADDRESS,
        /** A network around client addresses: IPv6 /56 or /48. */
        NETWORK,
        /** An account. */
        ACCOUNT,
        /** An API key, by its public ID. */
        API_KEY,
        /** A session, by its public ID. */
        SESSION,
        /** Something the application read from the request, such as the e-mail address a reset was asked for. */
        IDENTIFIER,
        /** A route, whoever asks. */
        ROUTE,
        /** What a function of the application found. */
        CUSTOM;

        private final String tag = name().toLowerCase(Locale.ROOT);

        /** The kind in lower case, for metrics and stores. */
        public String tag() {
            return tag;
        }
    }

    /** The kind of key. */
    Kind kind();

    /** The key within its kind, at most 128 characters; two keys of one kind are equal when their texts are. */
    String text();

    /** The key of a client address. */
    static Address address(InetAddress client) {
        return AddressKeys.of(client.getAddress(), 64);
    }

    /**
     * The key of the IPv6 network around a client address; of an IPv4 client, that of the address itself.
     *
     * @param prefix 1 to 64 bits
     */
    static LimitKey network(InetAddress client, int prefix) {
        if (prefix < 1 || prefix > 64) {
            throw new IllegalArgumentException("ratelimit: the prefix was " + prefix + " but must be 1 to 64");
        }
        return AddressKeys.of(client.getAddress(), prefix);
    }

    /** The key of an account, by its opaque ID of at most 128 characters. */
    static LimitKey account(String id) {
        return new Named(Kind.ACCOUNT, id);
    }

    /** The key of an API key, by its public ID of at most 128 characters, never its secret. */
    static LimitKey apiKey(String id) {
        return new Named(Kind.API_KEY, id);
    }

    /** The key of a session, by its public ID of at most 128 characters, never its token. */
    static LimitKey session(String id) {
        return new Named(Kind.SESSION, id);
    }

    /** The key of a route, whoever asks: a ceiling for all together. At most 128 characters. */
    static LimitKey route(String name) {
        return new Named(Kind.ROUTE, name);
    }

    /**
     * The key of an identifier the client chose. Only a digest is kept: neither its length nor its text stays in memory.
     * Bring it into its canonical form first, or one person has several keys.
     */
    static LimitKey identifier(String text) {
        return IdentifierKeys.of(Kind.IDENTIFIER, text);
    }

    /** The key of whatever a function of the application found; only a digest is kept. */
    static LimitKey custom(String text) {
        return IdentifierKeys.of(Kind.CUSTOM, text);
    }

    /**
     * A client address or the network around it.
     *
     * @param high the first 64 bits, with everything beyond {@code prefix} zero
     * @param low the last 64 bits; an IPv4 address lies in the last 32
     * @param prefix how many bits count: 32 for IPv4, 64 for IPv6, fewer for a network
     * @param v4 whether it is an IPv4 address
     */
    record Address(long high, long low, int prefix, boolean v4) implements LimitKey {
        @Override
        public Kind kind() {
            return v4 || prefix == 64 ? Kind.ADDRESS : Kind.NETWORK;
        }

        @Override
        public String text() {
            return AddressKeys.text(this);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * Something that has an ID.
     *
     * @param kind what it is
     * @param id its opaque ID, 1 to 128 characters
     */
    record Named(Kind kind, String id) implements LimitKey {
        /** Refuses an empty ID and one that is too long to be one. */
        public Named {
            if (id.isEmpty() || id.length() > 128) {
                throw new IllegalArgumentException("ratelimit: the " + kind.tag() + "'s ID had " + id.length()
                        + " characters but must have 1 to 128");
            }
        }

        @Override
        public String text() {
            return id;
        }
    }

    /**
     * The digest of a text.
     *
     * @param kind what the text is
     * @param high the first 64 bits
     * @param low the next 64 bits
     */
    record Digest(Kind kind, long high, long low) implements LimitKey {
        @Override
        public String text() {
            return Long.toHexString(high) + '-' + Long.toHexString(low);
        }
    }
}
