// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.egress;

import java.io.IOException;
import java.net.InetAddress;

/** An allowed host has an address that is not on the public internet and was not allowed for it. */
public final class ForbiddenAddressException extends IOException {

    private static final long serialVersionUID = 1L;

    ForbiddenAddressException(String host, InetAddress address) {
        super("the host '" + host + "' has the address " + address.getHostAddress()
                + ", which is not public: if it is meant, allow its range with host(\"" + host + "\", range)");
    }
}
