// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.egress;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which hosts may be called over HTTP, and that they are where they should be, so that nobody can make the application call
 * something else for them (server-side request forgery, OWASP ASVS 5.0 V1.3.6). Immutable and thread-safe.
 *
 * <p>A host is allowed by name, with any port or one. Then each of its addresses must be public: loopback, private,
 * link-local (the metadata services of clouds), shared, multicast and reserved ranges are refused, also in the forms that
 * wrap IPv4 in IPv6, unless the range was allowed for that very host. A host allowed as an address is that address, and
 * {@code localhost} is loopback.
 *
 * <p>The JDK's HTTP client looks the name up again when it connects. Both get the same answer while the JVM keeps it ({@link
 * #keepsAnswers()}); a name whose answer expires just in between can point elsewhere for that one connection, where over
 * HTTPS the certificate still has to be the host's.
 */
public final class Egress {

    private final List<HostRule> rules;
    private final Resolver resolver;

    private Egress(List<HostRule> rules, Resolver resolver) {
        this.rules = rules;
        this.resolver = resolver;
    }

    /** No host may be called. */
    public static Egress nowhere() {
        return new Egress(List.of(), Resolver.system());
    }

    /**
     * A copy that allows one more host too, {@code pay.example} or {@code pay.example:443}, and for it addresses in these
     * ranges, {@code 10.0.0.0/8}; refused when one of them is malformed.
     */
    public Egress allowing(String host, String... ranges) {
        List<HostRule> more = new ArrayList<>(rules);
        more.add(HostRule.of(host, ranges));
        return new Egress(List.copyOf(more), resolver);
    }

    /** A copy that asks this resolver. */
    public Egress resolvedBy(Resolver value) {
        return new Egress(rules, value);
    }

    /** Whether no host may be called. */
    public boolean isNowhere() {
        return rules.isEmpty();
    }

    /** Whether the host, port and scheme of {@code uri} are allowed; nobody is asked for the host's addresses. */
    public boolean allows(URI uri) {
        return !rulesFor(uri).isEmpty();
    }

    /** Whether {@link #check} of this allowed host asks a resolver, and so may block. */
    public boolean looksUp(URI uri) {
        return rulesFor(uri).stream().anyMatch(rule -> !rule.isLiteral());
    }

    /**
     * Looks up the host of {@code uri}, which must be allowed, and throws when one of its addresses is not allowed for it.
     * An address is not looked up.
     */
    public void check(URI uri) throws ForbiddenAddressException, UnknownHostException {
        List<HostRule> found = rulesFor(uri);
        if (found.isEmpty()) {
            throw new IllegalArgumentException(
                    "resilience.hosts: '" + uri.getHost() + "' is not among the allowed hosts");
        }
        if (found.get(0).isLiteral()) {
            return;
        }
        String host = found.get(0).host();
        List<InetAddress> addresses = resolver.resolve(host);
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        for (InetAddress address : addresses) {
            if (found.stream().noneMatch(rule -> rule.allows(address))) {
                throw new ForbiddenAddressException(host, address);
            }
        }
    }

    /** The allowed hosts, as they were given, in one spelling. */
    public List<String> hosts() {
        return rules.stream()
                .map(rule -> rule.port() == HostRule.ANY_PORT ? rule.host() : rule.host() + ":" + rule.port())
                .toList();
    }

    /**
     * Whether the JVM keeps what a name server said for a while. When it does not ({@code networkaddress.cache.ttl=0}), what
     * was checked and what is called are two answers.
     */
    public static boolean keepsAnswers() {
        String kept = Security.getProperty("networkaddress.cache.ttl");
        return !"0".equals(kept == null ? System.getProperty("sun.net.inetaddr.ttl") : kept);
    }

    private List<HostRule> rulesFor(URI uri) {
        String host = uri.getHost();
        if (host == null || uri.getRawUserInfo() != null || defaultPort(uri) < 0) {
            return List.of();
        }
        int port = uri.getPort() < 0 ? defaultPort(uri) : uri.getPort();
        Optional<String> name = HostName.canonical(host);
        return rules.stream()
                .filter(rule ->
                        rule.covers(port) && name.filter(rule.host()::equals).isPresent())
                .toList();
    }

    private static int defaultPort(URI uri) {
        if ("https".equalsIgnoreCase(uri.getScheme())) {
            return 443;
        }
        return "http".equalsIgnoreCase(uri.getScheme()) ? 80 : -1;
    }
}
