// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of the client that a request came from: the connection's peer or, when that is a trusted proxy, the
 * rightmost address of one configured header that is not itself a trusted proxy.
 *
 * <p>The walk goes from right to left, since a client can write anything on the left. An entry that is not an address
 * ends it, and the last trusted proxy is the answer: what stands left of a broken entry is never believed. IPv4-mapped
 * addresses and those of the well-known NAT64 prefix (RFC 6052) count as the IPv4 address they stand for. Names are
 * never looked up; nothing here throws on what a client sent. Immutable and thread-safe.
 */
public final class ClientAddress {

    /** The header in which the proxies write where a request came from. Only the configured one is read. */
    public enum Header {
        /** A list of addresses, {@code X-Forwarded-For}. */
        X_FORWARDED_FOR("X-Forwarded-For"),
        /** The {@code for} parameters of {@code Forwarded} (RFC 7239). */
        FORWARDED("Forwarded");

        private final String field;

        Header(String field) {
            this.field = field;
        }

        /** The kind of this field name, in any case; throws for any other than the two. */
        public static Header of(String field) {
            for (Header header : values()) {
                if (header.field.toLowerCase(Locale.ROOT).equals(field.toLowerCase(Locale.ROOT))) {
                    return header;
                }
            }
            throw new IllegalArgumentException(
                    "client address: header was '" + field + "' but must be x-forwarded-for or forwarded");
        }
    }

    private static final ClientAddress DIRECT = new ClientAddress(List.of(), Header.X_FORWARDED_FOR);

    private final List<Cidr> trusted;
    private final Header header;

    private ClientAddress(List<Cidr> trusted, Header header) {
        this.trusted = List.copyOf(trusted);
        this.header = header;
    }

    /** No proxies: the client is the connection's peer, and no header is read. */
    public static ClientAddress direct() {
        return DIRECT;
    }

    /** Behind proxies in these blocks, which all write this header. */
    public static ClientAddress trusting(List<Cidr> proxies, Header header) {
        return new ClientAddress(proxies, header);
    }

    /** The address that {@code text} spells in figures, or null; never looks a name up. */
    public static @Nullable InetAddress literal(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        InetAddress address = IpLiteral.parse(bracketed ? text.substring(1, text.length() - 1) : text);
        return bracketed && !text.contains(":") ? null : address;
    }

    /** The client's address. */
    public InetAddress of(Exchange exchange) {
        InetAddress peer = plain(exchange.peer());
        return isTrusted(peer) ? walk(peer, exchange.headers(header.field)) : peer;
    }

    private InetAddress walk(InetAddress peer, List<String> lines) {
        InetAddress at = peer;
        for (String hop : header == Header.FORWARDED ? Forwarded.hops(lines) : XForwardedFor.hops(lines)) {
            InetAddress address = isTrusted(at) ? IpLiteral.parse(hop) : null;
            if (address == null) {
                return at;
            }
            at = plain(address);
        }
        return at;
    }

    private boolean isTrusted(InetAddress address) {
        for (int i = 0; i < trusted.size(); i++) {
            if (trusted.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Without a zone, and as IPv4 where a NAT64 address stands for a public one. */
    private static InetAddress plain(InetAddress address) {
        if (!(address instanceof Inet6Address six)) {
            return address;
        }
        byte[] bytes = six.getAddress();
        if (Nat64.covers(bytes)) {
            return Nat64.embedded(bytes);
        }
        return six.getScopeId() == 0 && six.getScopedInterface() == null ? six : IpLiteral.address(bytes);
    }
}
