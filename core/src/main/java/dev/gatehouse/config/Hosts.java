// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells which hosts a value names, and whether one is this machine; never asks the DNS. */
final class Hosts {

    private static final Pattern AUTHORITY = Pattern.compile("^[A-Za-z][A-Za-z0-9+.:-]*://([^/?#;]*)");
    private static final Pattern HOSTLESS = Pattern.compile("^jdbc:postgresql:(?!//).*");
    private static final Pattern LOCAL = Pattern.compile("(?i)^(jdbc:h2:)?(file|nio|mem|zip|jar|classpath):.*");
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,10}){0,3}");
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private Hosts() {}

    /** Whether a URL's host, or one of them, is this machine; so is the host that a JDBC URL leaves out. */
    static boolean urlNamesLoopback(String url) {
        Matcher matcher = AUTHORITY.matcher(url);
        if (LOCAL.matcher(url).matches()) {
            return false;
        }
        if (!matcher.find()) {
            return HOSTLESS.matcher(url).matches();
        }
        return hosts(matcher.group(1)).stream().anyMatch(host -> unspecified(host) || isLoopback(host));
    }

    /** The hosts of an authority, without credentials and ports. */
    static List<String> hosts(String authority) {
        String afterCredentials = authority.substring(authority.lastIndexOf('@') + 1);
        return Arrays.stream(afterCredentials.split(",", -1))
                .map(host -> host.startsWith("[") ? host.replaceAll("[\\[]|\\].*", "") : withoutPort(host))
                .toList();
    }

    /** Whether a bare host is this machine: by name, or by address in any notation. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("localhost.localdomain")
                || (NUMBERS.matcher(name).matches() && firstOctet(name) == 127)
                || (name.contains(":") && isLoopbackV6(name));
    }

    // In a URL these reach the machine itself; as an address to listen on they mean every interface.
    private static boolean unspecified(String host) {
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("0") || host.equals("::");
    }

    private static long firstOctet(String numbers) {
        int dot = numbers.indexOf('.');
        return dot < 0 ? Long.parseLong(numbers) >>> 24 : Long.parseLong(numbers.substring(0, dot));
    }

    // A text with a colon is taken as a literal or refused, never looked up.
    private static boolean isLoopbackV6(String literal) {
        try {
            return literal.matches("[0-9a-f:.]+")
                    && InetAddress.getByName(literal).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String withoutPort(String host) {
        boolean literal = host.indexOf(':') != host.lastIndexOf(':');
        return literal ? host : PORT.matcher(host).replaceFirst("");
    }
}
