// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.net.InetAddress;
import java.util.Arrays;

/** The well-known prefix 64:ff9b::/96 under which translators write IPv4 addresses (RFC 6052). */
final class Nat64 {

    private static final byte[] PREFIX = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    private Nat64() {}

    /** Whether 16 bytes are a public IPv4 address under the prefix; for private ones it may not be used (section 3.1). */
    static boolean covers(byte[] address) {
        return Arrays.equals(address, 0, 12, PREFIX, 0, 12) && isPublic(embedded(address));
    }

    static InetAddress embedded(byte[] address) {
        return IpLiteral.address(Arrays.copyOfRange(address, 12, 16));
    }

    private static boolean isPublic(InetAddress four) {
        return !(four.isSiteLocalAddress()
                || four.isLoopbackAddress()
                || four.isLinkLocalAddress()
                || four.isAnyLocalAddress()
                || four.isMulticastAddress());
    }
}
