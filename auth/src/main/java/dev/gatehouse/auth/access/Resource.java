// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.access;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do something to. Immutable.
 *
 * @param owner the opaque ID of the account whose it is
 * @param tenant the tenant whose data it is part of, null where there are no tenants
 */
public record Resource(String owner, @Nullable String tenant) {

    /** Refuses an empty owner or tenant, which a stranger's would equal. */
    public Resource {
        if (owner.isEmpty() || (tenant != null && tenant.isEmpty())) {
            throw new IllegalArgumentException("auth.access: owner and tenant of a resource must not be empty");
        }
    }

    /** Something of this account's. */
    public static Resource of(String owner) {
        return new Resource(owner, null);
    }

    /** The same as part of this tenant's data. */
    public Resource in(String value) {
        return new Resource(owner, value);
    }
}
