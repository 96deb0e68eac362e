// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. Implementations are thread-safe. */
@FunctionalInterface
public interface Resolver {

    /** All addresses of {@code host}, at least one. May block for as long as the name server does. */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * The JVM's own. It keeps an answer for the security property {@code networkaddress.cache.ttl}, 30 seconds unless set,
     * and so gives a client that connects within that time the addresses it gave to the check.
     */
    static Resolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
