// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.gameday;

import dev.gatehouse.examples.shop.catalogue.ProductSearch;
import dev.gatehouse.resilience.fault.Fault;
import dev.gatehouse.resilience.fault.FaultKind;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.resilience.gameday.Reading;
import dev.gatehouse.resilience.gameday.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The scenarios. Each plays with orders and mails of its own. */
public final class ShopGameDays {

    private static final Duration FAULT = Duration.ofSeconds(90);
    private static final Duration OPENS = Duration.ofSeconds(60);
    private static final Duration RECOVERS = Duration.ofSeconds(60);

    private final Faults faults;
    private final TrialOrders orders;
    private final TrialMails mails;
    private final ProductSearch search;

    /** Scenarios in which {@code faults} happen to what the others lean on. */
    public ShopGameDays(Faults faults, TrialOrders orders, TrialMails mails, ProductSearch search) {
        this.faults = faults;
        this.orders = orders;
        this.mails = mails;
        this.search = search;
    }

    /** All of them; those that need a connection only where a provider is reached over plain HTTP. */
    public Scenario[] all() {
        List<Scenario> all = new ArrayList<>(List.of(
                payments("payments-down", FaultKind.error()),
                payments("payments-hang", FaultKind.hang()),
                searchDown(),
                mailDown(),
                databaseDown()));
        if (faults.reachesTheWire("payments")) {
            all.add(payments("payments-lost-answers", FaultKind.reset()));
        }
        return all.toArray(Scenario[]::new);
    }

    // region game-day
    /** Orders are taken, and paid once the provider is back; the shop soon stops asking it. */
    private Scenario payments(String name, FaultKind kind) {
        return Scenario.named(name)
                .steady("an order is paid", orders::isPaid)
                .fault(Fault.of("payments", FAULT).failing(1, kind))
                .throughout("an order is taken within 3 s, to be paid later", orders::isTaken)
                .opens("payments", OPENS)
                .recovers("every order of the outage is paid", RECOVERS, orders::areAllPaid)
                .build();
    }
    // endregion

    /** Products are found at once, from what was known before. */
    private Scenario searchDown() {
        FaultKind kind = faults.reachesTheWire("search") ? FaultKind.refuse() : FaultKind.error();
        return Scenario.named("search-down")
                .steady("products are found", () -> found(false))
                .fault(Fault.of("search", FAULT).failing(1, kind))
                .throughout("products are found, from what was known before", () -> found(true))
                .opens("search", OPENS)
                .recovers("products are found as they are now", RECOVERS, () -> found(false))
                .build();
    }

    private Reading found(boolean stale) {
        long from = System.nanoTime();
        ProductSearch.Found found = search.find("honey");
        boolean right = !found.products().isEmpty() && found.stale() == stale;
        return new Reading(
                right,
                found.products().size() + " products, " + (found.stale() ? "stale" : "fresh") + ", in "
                        + TrialOrders.millisSince(from) + " ms");
    }

    /** Mails are queued at once, and arrive once the provider is back. */
    private Scenario mailDown() {
        return Scenario.named("mail-down")
                .steady("a mail is delivered", mails::isDelivered)
                .fault(Fault.of("mail", FAULT).failing(1))
                .throughout("a mail is queued within 1 s", mails::isQueued)
                .opens("mail", OPENS)
                .recovers("no mail waits any more", RECOVERS, mails::noneWaits)
                .build();
    }

    /** Products can be looked at; orders are refused soon instead of hanging. */
    private Scenario databaseDown() {
        return Scenario.named("database-down")
                .steady("an order is paid", orders::isPaid)
                .fault(Fault.of("database", FAULT).failing(1))
                .throughout("products are found", () -> found(false))
                .throughout("an order is refused within 3 s", orders::isRefused)
                .recovers("an order is paid", RECOVERS, orders::isPaid)
                .build();
    }
}
