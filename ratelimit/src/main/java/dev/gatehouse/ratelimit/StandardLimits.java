// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.util.List;

/** The limits an application begins with, and the groups that put them to use. */
public final class StandardLimits {

    /** 300 requests a minute an address. */
    public static final Limit ADDRESS = Limit.perMinute("address", 300);

    /** 100 units a minute an account. */
    public static final Limit ACCOUNT = Limit.perMinute("account", 100);

    /** 10 attempts to sign in a minute an address. */
    public static final Limit LOGIN = Limit.perMinute("login", 10);

    /** 10 requests in 15 minutes an address for what sends a mail. */
    public static final Limit MAIL = Limit.of("mail", 10, Duration.ofMinutes(15));

    /** 3 mails in 15 minutes to the same recipient, known or not: for {@link RateLimits#takeIdentifier}. */
    public static final Limit MAIL_RECIPIENT = Limit.of("mail-recipient", 3, Duration.ofMinutes(15));

    /** 5 registrations an hour an address. */
    public static final Limit REGISTRATION = Limit.perHour("registration", 5);

    /** 600 requests a minute an address for health and metrics. */
    public static final Limit PROBES = Limit.perMinute("probes", 600);

    /** 1200 requests a minute an address for scripts, styles and pictures. */
    public static final Limit ASSETS = Limit.perMinute("assets", 1200);

    private static final int ALL = 100;

    private StandardLimits() {}

    /** 10 requests a minute an address that prove who somebody is: a second factor, a token from a mail. */
    public static final Limit AUTH = Limit.perMinute("auth", 10);

    /** 30 requests a minute an address for what is expensive. */
    public static final Limit EXPENSIVE = Limit.perMinute("expensive", 30);

    /** 2 expensive requests at once an account, or an address of a stranger. */
    public static final InFlightLimit EXPENSIVE_AT_ONCE =
            new InFlightLimit("expensive-at-once", 2, Duration.ofMinutes(5));

    /**
     * Groups {@code default}, {@code login}, {@code auth}, {@code mail}, {@code registration}, {@code expensive}, {@code
     * probes} and {@code assets}.
     */
    public static List<LimitGroup> groups() {
        return List.of(
                LimitGroup.named(RateLimits.DEFAULT_GROUP).byAddress(ADDRESS).byAccount(ACCOUNT),
                strict("login", LOGIN),
                strict("auth", AUTH),
                strict("mail", MAIL),
                strict("registration", REGISTRATION),
                LimitGroup.named("expensive")
                        .byAddress(EXPENSIVE, ADDRESS)
                        .byAccount(ACCOUNT)
                        .inFlight(EXPENSIVE_AT_ONCE),
                LimitGroup.named("probes").byAddress(PROBES),
                LimitGroup.named("assets").byAddress(ASSETS));
    }

    /**
     * A group for what attackers want to repeat: {@code limit} by address beside the general limits, and a ceiling for all
     * clients of a route together at what a hundred addresses may do, so that many addresses do not help for long.
     */
    public static LimitGroup strict(String name, Limit limit) {
        return LimitGroup.named(name)
                .byAddress(limit, ADDRESS)
                .byRoute(Limit.of(limit.name() + "-all", limit.permits() * ALL, limit.window()))
                .byAccount(ACCOUNT)
                .asStrict();
    }
}
