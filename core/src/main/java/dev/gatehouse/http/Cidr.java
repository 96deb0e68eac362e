// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.net.InetAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A block of addresses, {@code 10.0.0.0/8} or {@code 2001:db8::/32}. Immutable. */
public final class Cidr {

    private final byte[] network;
    private final int bits;

    private Cidr(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    /** The block that {@code text} names; an address without a slash is a block of one. Host bits must be zero. */
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        Cidr block = address == null ? null : block(address.getAddress(), slash < 0 ? null : text.substring(slash + 1));
        if (block == null || !block.contains(block.network) || block.hasHostBits()) {
            throw new IllegalArgumentException("cidr: was '" + text
                    + "' but must be an address and a prefix length with zero host bits, 10.0.0.0/8");
        }
        return block;
    }

    private static @Nullable Cidr block(byte[] address, @Nullable String length) {
        int widest = address.length * 8;
        int bits = length == null ? widest : prefixLength(length);
        return bits < 0 || bits > widest ? null : new Cidr(address, bits);
    }

    private static int prefixLength(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3;
        int value = 0;
        for (int i = 0; i < text.length() && digits; i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
            value = value * 10 + text.charAt(i) - '0';
        }
        return digits ? value : -1;
    }

    private boolean hasHostBits() {
        for (int bit = bits; bit < network.length * 8; bit++) {
            if ((network[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code address} lies in this block; an IPv4 address never lies in an IPv6 block. */
    public boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    private boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        int mask = 0xff00 >> bits % 8 & 0xff;
        return Arrays.equals(address, 0, whole, network, 0, whole)
                && (mask == 0 || (address[whole] & mask) == (network[whole] & mask));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr that && bits == that.bits && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + bits;
    }

    @Override
    public String toString() {
        return IpLiteral.address(network).getHostAddress() + "/" + bits;
    }
}
