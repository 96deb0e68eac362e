// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.egress;

import dev.gatehouse.http.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * One host that may be called.
 *
 * @param host in the spelling of {@link HostName}
 * @param port the only one, or {@link #ANY_PORT}
 * @param ranges where its addresses may lie although they are not public
 */
record HostRule(String host, int port, List<Cidr> ranges) {

    static final int ANY_PORT = -1;

    private static final List<Cidr> LOOPBACK = List.of(Cidr.of("127.0.0.0/8"), Cidr.of("::1"));

    /** The rule that {@code text} writes as {@code host} or {@code host:port}. */
    static HostRule of(String text, String... ranges) {
        int colon = text.endsWith("]") ? -1 : text.lastIndexOf(':');
        String host =
                HostName.canonical(colon < 0 ? text : text.substring(0, colon)).orElseThrow(() -> refused(text));
        int port = colon < 0 ? ANY_PORT : port(text, text.substring(colon + 1));
        return new HostRule(host, port, Stream.of(ranges).map(Cidr::of).toList());
    }

    private static int port(String text, String digits) {
        if (!digits.matches("[1-9][0-9]{0,4}") || Integer.parseInt(digits) > 65_535) {
            throw refused(text);
        }
        return Integer.parseInt(digits);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("resilience.hosts: was '" + text
                + "' but must be a host name or an address, with or without a port: pay.example:443, [::1]:8080");
    }

    boolean covers(int other) {
        return port == ANY_PORT || port == other;
    }

    /** Whether its address is written in it, so that no name server is asked. */
    boolean isLiteral() {
        return HostName.isLiteral(host);
    }

    /** Who allows {@code 127.0.0.1} or {@code localhost} means it. */
    boolean allows(InetAddress address) {
        return PublicAddresses.contain(address)
                || isLiteral()
                || ranges.stream().anyMatch(range -> range.contains(address))
                || (host.equals("localhost") && LOOPBACK.stream().anyMatch(range -> range.contains(address)));
    }
}
