// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

/** Where in the pipeline an interceptor stands. Phases run in the order declared here, so that the order is right. */
public enum Phase {
    /** Request ID, trace, client address, deadline. */
    CONTEXT,
    /** Metrics, access log, error capture. */
    OBSERVE,
    /** Origin check, body bounds, limits by address. */
    EDGE,
    /** Session, API key. */
    IDENTITY,
    /** Limits by account: what is then refused for want of a permission was charged too. */
    ACCOUNT,
    /** Permissions: whether the route's access rule holds. */
    ACCESS
}
