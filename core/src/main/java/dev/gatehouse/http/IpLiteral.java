// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Addresses in figures, read without ever asking a name server. */
final class IpLiteral {

    private static final int LONGEST = 64;

    private IpLiteral() {}

    /** The address that {@code text} spells, or null. A zone is dropped; an IPv4-mapped address becomes IPv4. */
    static @Nullable InetAddress parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        byte[] bytes = text.indexOf(':') < 0 ? ipv4(text) : ipv6(withoutZone(text));
        return bytes == null ? null : address(bytes);
    }

    /** The address of 4 or 16 bytes. */
    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address: must have 4 or 16 bytes", e);
        }
    }

    private static String withoutZone(String text) {
        int percent = text.indexOf('%');
        if (percent < 0) {
            return text;
        }
        boolean sound = percent + 1 < text.length();
        for (int i = percent + 1; i < text.length() && sound; i++) {
            sound = HeaderText.isTokenChar(text.charAt(i));
        }
        return sound ? text.substring(0, percent) : "";
    }

    /** Four decimal numbers without leading zeros, which some readers take for octal. */
    private static byte @Nullable [] ipv4(String text) {
        byte[] bytes = new byte[4];
        int at = 0;
        for (int part = 0; part < 4; part++) {
            int end = part == 3 ? text.length() : text.indexOf('.', at);
            int value = octet(text, at, end);
            if (value < 0) {
                return null;
            }
            bytes[part] = (byte) value;
            at = end + 1;
        }
        return bytes;
    }

    private static int octet(String text, int from, int to) {
        int digits = to - from;
        if (digits < 1 || digits > 3 || (digits > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value > 255 ? -1 : value;
    }

    /** Eight groups, one run of zeros perhaps left out as {@code ::}, the last two groups perhaps spelt as IPv4. */
    private static byte @Nullable [] ipv6(String text) {
        byte[] all = new byte[16];
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text, true, all) == 16 ? all : null;
        }
        byte[] end = new byte[16];
        int before = groups(text.substring(0, gap), false, all);
        int after = groups(text.substring(gap + 2), true, end);
        if (before < 0 || after < 0 || before + after > 14) {
            return null;
        }
        System.arraycopy(end, 0, all, 16 - after, after);
        return all;
    }

    /** How many bytes the groups of {@code text} filled, -1 when they are malformed or too many. */
    private static int groups(String text, boolean last, byte[] into) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] groups = text.split(":", -1);
        int filled = 0;
        for (int i = 0; i < groups.length && filled >= 0; i++) {
            boolean dotted = last && i == groups.length - 1 && groups[i].indexOf('.') >= 0;
            filled = dotted ? dotted(groups[i], into, filled) : hex(groups[i], into, filled);
        }
        return filled;
    }

    private static int dotted(String group, byte[] into, int at) {
        byte[] bytes = ipv4(group);
        if (bytes == null || at > 12) {
            return -1;
        }
        System.arraycopy(bytes, 0, into, at, 4);
        return at + 4;
    }

    private static int hex(String group, byte[] into, int at) {
        if (group.isEmpty() || group.length() > 4 || at > 14) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < group.length(); i++) {
            int digit = HeaderText.hexDigit(group.charAt(i));
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        into[at] = (byte) (value >> 8);
        into[at + 1] = (byte) value;
        return at + 2;
    }
}
