// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.nio.ByteBuffer;

/** Which part of an address counts. */
final class AddressKeys {

    /** {@code 64:ff9b::/96}, the well-known prefix of IPv4/IPv6 translators. */
    private static final long NAT64 = 0x0064_ff9b_0000_0000L;

    private static final long LOW_32 = 0xffff_ffffL;

    private AddressKeys() {}

    static LimitKey.Address of(byte[] address, int prefix) {
        if (address.length == 4) {
            return v4(address[0] << 24 | (address[1] & 255) << 16 | (address[2] & 255) << 8 | (address[3] & 255));
        }
        ByteBuffer bytes = ByteBuffer.wrap(address);
        long high = bytes.getLong();
        long low = bytes.getLong();
        return holdsV4(high, low) ? v4((int) low) : new LimitKey.Address(high & -1L << (64 - prefix), 0, prefix, false);
    }

    static String text(LimitKey.Address key) {
        if (key.v4()) {
            long v4 = key.low();
            return (v4 >> 24) + "." + (v4 >> 16 & 255) + "." + (v4 >> 8 & 255) + "." + (v4 & 255) + "/32";
        }
        StringBuilder text = new StringBuilder();
        for (int shift = 48; shift >= 0; shift -= 16) {
            text.append(Long.toHexString(key.high() >> shift & 0xffff)).append(':');
        }
        return text.append(":/").append(key.prefix()).toString();
    }

    private static LimitKey.Address v4(int address) {
        return new LimitKey.Address(0, address & LOW_32, 32, true);
    }

    private static boolean holdsV4(long high, long low) {
        boolean mapped = high == 0 && low >>> 32 == 0xffffL;
        boolean translated = high == NAT64 && low >>> 32 == 0;
        return mapped || translated;
    }
}
