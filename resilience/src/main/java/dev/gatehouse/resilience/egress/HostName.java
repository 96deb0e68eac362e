// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.egress;

import dev.gatehouse.http.Cidr;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * The one spelling of a host: lower case, letters of other scripts in their ASCII form (RFC 5891), no final dot; IPv4 in
 * four decimal numbers without leading zeros, IPv6 in brackets. What resolvers read in several ways (octal, hexadecimal or
 * fewer numbers, a zone, an IPv4 address in the form of IPv6) has no spelling here.
 */
final class HostName {

    private static final int LONGEST = 253;

    private HostName() {}

    static Optional<String> canonical(String text) {
        if (text.startsWith("[")) {
            return text.endsWith("]") ? version6(text.substring(1, text.length() - 1)) : Optional.empty();
        }
        String host = withoutFinalDot(ascii(text)).toLowerCase(Locale.ROOT);
        if (host.isEmpty() || host.length() > LONGEST || !host.matches("[a-z0-9-]+(\\.[a-z0-9-]+)*")) {
            return Optional.empty();
        }
        return endsInANumber(host) && !isVersion4(host) ? Optional.empty() : Optional.of(host);
    }

    static boolean isLiteral(String canonical) {
        return canonical.startsWith("[") || isVersion4(canonical);
    }

    private static String ascii(String text) {
        try {
            return IDN.toASCII(text);
        } catch (IllegalArgumentException e) {
            return ""; // no host has this name
        }
    }

    private static String withoutFinalDot(String host) {
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    /** What a resolver might take for an IPv4 address. */
    private static boolean endsInANumber(String host) {
        return host.substring(host.lastIndexOf('.') + 1).matches("[0-9]+|0x[0-9a-f]*");
    }

    private static boolean isVersion4(String host) {
        return host.indexOf('.') > 0 && host.matches("[0-9.]+") && block(host).isPresent();
    }

    private static Optional<String> version6(String inner) {
        if (inner.indexOf(':') < 0 || inner.indexOf('%') >= 0) {
            return Optional.empty();
        }
        return block(inner)
                .map(Cidr::toString)
                .filter(text -> text.endsWith("/128"))
                .map(text -> "[" + text.substring(0, text.length() - 4) + "]");
    }

    private static Optional<Cidr> block(String address) {
        try {
            return Optional.of(Cidr.of(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // it is not an address
        }
    }
}
