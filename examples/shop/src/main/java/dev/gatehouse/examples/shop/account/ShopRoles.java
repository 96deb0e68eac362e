// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.key.Scopes;

/** Who may do what beyond shopping. */
public final class ShopRoles {

    /** The permission to run the shop. */
    public static final String OPERATE = "operate";

    /** The permission to look up customers' requests. */
    public static final String SUPPORT = "support";

    /** The permission to manage accounts. */
    public static final String ADMINISTER = "administer";

    /** The roles that hold them; inert until a second factor is used in the session. */
    public static final Roles ALL = Roles.none()
            .privileged("operator", OPERATE)
            .privileged("support", SUPPORT)
            .privileged("admin", ADMINISTER);

    /**
     * The scope of API keys that scrape metrics. Any account can make one here, for metrics name no customer; with
     * {@code demanding(METRICS, OPERATE)} only who runs the shop could.
     */
    public static final String METRICS = "metrics:read";

    /** What API keys can be made for. */
    public static final Scopes SCOPES = Scopes.of("orders:read", "orders:write", "audit:read", METRICS);

    private ShopRoles() {}
}
