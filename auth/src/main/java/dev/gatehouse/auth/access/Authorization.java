// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.access;

import dev.gatehouse.auth.access.Decision.Denied;
import dev.gatehouse.auth.access.Decision.Reason;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers whether a caller may do something to a resource, and tells of every denial. What nothing allows is denied: a
 * permission reaches what is the caller's own, unless another permission is named that reaches what is others', and
 * nothing reaches across tenants. Immutable and thread-safe (ASVS 5.0: 8.2.2, 8.3.1, 8.4.1).
 *
 * <pre>{@code
 * Decision decision = auth.authorize(exchange)
 *         .require("orders:refund")
 *         .orOfOthers("orders:refund-any")
 *         .on(order.account());
 * }</pre>
 */
public final class Authorization {

    private static final String STRANGER = "";

    private final Caller caller;
    private final Consumer<Denied> denials;

    private Authorization(Caller caller, Consumer<Denied> denials) {
        this.caller = caller;
        this.denials = denials;
    }

    /** For an account with these permissions, and {@code withheld} ones that only a second factor is missing for. */
    public static Authorization of(
            String account, Set<String> permissions, Set<String> withheld, Consumer<Denied> denials) {
        if (account.isEmpty()) {
            throw new IllegalArgumentException("auth.access: account was empty but must be an account's ID");
        }
        return new Authorization(new Caller(account, Set.copyOf(permissions), Set.copyOf(withheld), null), denials);
    }

    /** For nobody who is known. */
    public static Authorization ofStranger(Consumer<Denied> denials) {
        return new Authorization(new Caller(STRANGER, Set.of(), Set.of(), null), denials);
    }

    /** For the same caller as one of this tenant's: it reaches resources of this tenant, and no others. */
    public Authorization in(String tenant) {
        if (tenant.isEmpty()) {
            throw new IllegalArgumentException("auth.access: tenant was empty but must be a tenant's ID");
        }
        return new Authorization(new Caller(caller.account, caller.permissions, caller.withheld, tenant), denials);
    }

    /** What the caller must hold to do it to something of its own. */
    public Demand require(String permission) {
        return new Demand(this, permission, null);
    }

    private Decision decide(Demand demand, Resource resource) {
        boolean own = caller.account.equals(resource.owner());
        String wanted = own || demand.others == null ? demand.permission : demand.others;
        Reason reason = reason(own || demand.others != null, wanted, resource);
        if (reason == null) {
            return new Decision.Allowed(caller.account, wanted, resource.owner());
        }
        Denied denied = new Denied(caller.account, wanted, resource.owner(), reason);
        denials.accept(denied);
        return denied;
    }

    private @Nullable Reason reason(boolean reachable, String wanted, Resource resource) {
        if (caller.account.equals(STRANGER)) {
            return Reason.NOT_SIGNED_IN;
        }
        if (!Objects.equals(caller.tenant, resource.tenant())) {
            return Reason.OTHER_TENANT;
        }
        if (!reachable) {
            return Reason.NOT_OWNER;
        }
        if (caller.permissions.contains(wanted)) {
            return null;
        }
        return caller.withheld.contains(wanted) ? Reason.FACTOR_NEEDED : Reason.NOT_GRANTED;
    }

    private record Caller(
            String account,
            Set<String> permissions,
            Set<String> withheld,
            @Nullable String tenant) {}

    /** What it takes. Immutable. */
    public static final class Demand {

        private final Authorization authorization;
        private final String permission;
        private final @Nullable String others;

        private Demand(Authorization authorization, String permission, @Nullable String others) {
            this.authorization = authorization;
            this.permission = permission;
            this.others = others;
        }

        /** And what the caller must hold to do it to something of another account's; without this, nobody can. */
        public Demand orOfOthers(String value) {
            return new Demand(authorization, permission, value);
        }

        /** Whether the caller may do it to something of this account's. */
        public Decision on(String owner) {
            return on(Resource.of(owner));
        }

        /** Whether the caller may do it to this. */
        public Decision on(Resource resource) {
            return authorization.decide(this, resource);
        }
    }
}
