// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Exchange;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The key that a function of the application finds. Two of one name are the same rule. */
final class FoundKey implements KeySource {

    private final String what;
    private final Function<Exchange, Optional<String>> find;

    FoundKey(String what, Function<Exchange, Optional<String>> find) {
        Limit.requireName(what);
        this.what = what;
        this.find = find;
    }

    @Override
    public boolean isAtEdge() {
        return false;
    }

    @Override
    public @Nullable LimitKey of(Exchange exchange) {
        // What it is goes into the digest: a tenant and a device of the same text are two keys.
        return find.apply(exchange)
                .map(found -> LimitKey.custom(what + ' ' + found))
                .orElse(null);
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FoundKey key && what.equals(key.what);
    }

    @Override
    public int hashCode() {
        return what.hashCode();
    }
}
