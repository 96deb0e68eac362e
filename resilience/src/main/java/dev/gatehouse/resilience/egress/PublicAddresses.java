// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.egress;

import dev.gatehouse.http.Cidr;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are on the public internet: those that the IANA special-purpose registries (RFC 6890 and its updates) do
 * not set aside. Of IPv6 only global unicast counts, and an IPv4 address that a translator wrote under 64:ff9b::/96 counts
 * as itself.
 */
final class PublicAddresses {

    private static final List<Cidr> RESERVED_4 = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    private static final Cidr GLOBAL_6 = Cidr.of("2000::/3");

    /** Protocol assignments (Teredo among them), documentation, and 6to4, which embeds any IPv4 address. */
    private static final List<Cidr> RESERVED_6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private static final Cidr TRANSLATED = Cidr.of("64:ff9b::/96");

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (address instanceof Inet4Address) {
            return noneContains(RESERVED_4, address);
        }
        if (TRANSLATED.contains(address)) {
            return contain(embedded(address));
        }
        return GLOBAL_6.contains(address) && noneContains(RESERVED_6, address);
    }

    private static boolean noneContains(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().noneMatch(block -> block.contains(address));
    }

    private static InetAddress embedded(InetAddress translated) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(translated.getAddress(), 12, 16));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static List<Cidr> blocks(String... texts) {
        return Stream.of(texts).map(Cidr::of).toList();
    }
}
