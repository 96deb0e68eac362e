// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import dev.gatehouse.readiness.Evidence;
import dev.gatehouse.readiness.Finding;
import dev.gatehouse.resilience.egress.Egress;
import dev.gatehouse.resilience.egress.ForbiddenAddressException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Whether no guard can be made to call the metadata service of a cloud or a stranger: neither by their addresses, nor by
 * an allowed name that points to them, which a resolver of the drill pretends.
 */
record EgressDrill(List<Guard> guards, InstantSource clock) implements Callable<Finding> {

    private static final String METADATA = "169.254.169.254";
    private static final List<String> STRANGERS =
            List.of(METADATA, "[fd00:ec2::254]", "100.100.100.200", "[::ffff:169.254.169.254]", "stranger.invalid");

    @Override
    public Finding call() {
        if (guards.isEmpty()) {
            return Finding.unknown("there is no guard");
        }
        List<String> problems = new ArrayList<>();
        Evidence[] evidence =
                guards.stream().map(guard -> drill(guard, problems)).toArray(Evidence[]::new);
        return problems.isEmpty() ? Finding.verified(evidence) : Finding.failed(String.join("; ", problems), evidence);
    }

    private Evidence drill(Guard guard, List<String> problems) {
        Egress egress = guard.settings().egress();
        for (String stranger : STRANGERS) {
            if (egress.allows(URI.create("http://" + stranger + "/"))) {
                problems.add("'" + guard.name() + "' may call " + stranger);
            }
        }
        List<URI> named = egress.hosts().stream()
                .map(host -> URI.create("http://" + host + "/"))
                .filter(egress::looksUp)
                .toList();
        named.stream()
                .filter(uri -> followsToMetadata(egress, uri))
                .forEach(uri ->
                        problems.add("'" + guard.name() + "' calls " + uri.getHost() + " wherever it points to"));
        if (!named.isEmpty() && !Egress.keepsAnswers()) {
            problems.add("the JVM keeps no answers of name servers (networkaddress.cache.ttl=0), so that '"
                    + guard.name() + "' may call another address than it checked");
        }
        return new Evidence(
                "guard '" + guard.name() + "': where HTTP may go",
                egress.isNowhere() ? "nowhere" : String.join(", ", egress.hosts()),
                "drill",
                clock.instant());
    }

    private static boolean followsToMetadata(Egress egress, URI uri) {
        try {
            egress.resolvedBy(host -> List.of(InetAddress.getByName(METADATA))).check(uri);
            return true;
        } catch (ForbiddenAddressException e) {
            return false; // as it should be
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address in figures is not looked up", e);
        }
    }
}
