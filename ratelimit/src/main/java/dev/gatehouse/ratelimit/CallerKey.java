// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.context.Caller;
import dev.gatehouse.http.Exchange;
import dev.gatehouse.http.Route;
import java.net.InetAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys that every request brings, or every caller. */
enum CallerKey implements KeySource {
    ADDRESS {
        @Override
        public LimitKey of(Exchange exchange) {
            return LimitKey.address(client(exchange));
        }
    },
    ROUTE {
        @Override
        public LimitKey of(Exchange exchange) {
            Route route = exchange.route();
            String name = route.method() + " " + route.template();
            return LimitKey.route(name.substring(0, Math.min(name.length(), 128)));
        }
    },
    ACCOUNT {
        @Override
        public @Nullable LimitKey of(Exchange exchange) {
            Caller caller = exchange.context().caller().orElse(null);
            return caller == null ? null : LimitKey.account(caller.account());
        }
    },
    API_KEY {
        @Override
        public @Nullable LimitKey of(Exchange exchange) {
            String key = exchange.context().caller().map(Caller::key).orElse(null);
            return key == null ? null : LimitKey.apiKey(key);
        }
    },
    SESSION {
        @Override
        public @Nullable LimitKey of(Exchange exchange) {
            String session = exchange.context().caller().map(Caller::session).orElse(null);
            return session == null ? null : LimitKey.session(session);
        }
    };

    static InetAddress client(Exchange exchange) {
        InetAddress known = exchange.context().client().orElse(null);
        return known == null ? exchange.peer() : known;
    }

    @Override
    public boolean isAtEdge() {
        return this == ADDRESS || this == ROUTE;
    }

    @Override
    public String what() {
        return name().toLowerCase(Locale.ROOT);
    }
}
