// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.whole;

/** The ping endpoint on Jetty and nothing else. */
public final class BareServer {

    private BareServer() {}

    /** Serves until killed. */
    public static void main(String[] args) throws Exception {
        new JettyHost().serve();
    }
}
