// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.Gate;
import dev.gatehouse.context.ContextHttpClient;
import dev.gatehouse.examples.shop.catalogue.Catalogue;
import dev.gatehouse.examples.shop.catalogue.HttpSearch;
import dev.gatehouse.examples.shop.catalogue.ProductSearch;
import dev.gatehouse.examples.shop.mail.HttpMail;
import dev.gatehouse.examples.shop.order.HttpPayments;
import dev.gatehouse.examples.shop.order.Payments;
import dev.gatehouse.examples.shop.provider.Providers;
import dev.gatehouse.http.Routes;
import dev.gatehouse.resilience.Breaker;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.ResilienceGate;
import dev.gatehouse.resilience.Retries;
import dev.gatehouse.resilience.fault.Detour;
import dev.gatehouse.resilience.fault.Faults;
import dev.gatehouse.resilience.gameday.Circuits;
import dev.gatehouse.resilience.gameday.GameDays;
import dev.gatehouse.resilience.queue.JobHandler;
import dev.gatehouse.resilience.stale.StaleCache;
import dev.gatehouse.resilience.stale.StaleCodec;
import dev.gatehouse.resilience.stale.StaleReadsGate;
import dev.gatehouse.resilience.stale.StaleStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Everything the shop asks of others: each provider behind a guard of its own, which bounds how long it is waited for and
 * stops asking while it fails.
 */
final class Outbound {

    private final Providers providers;
    private final Faults faults;
    private final MeterRegistry meters;
    private final Detour toPayments;
    private final Detour toSearch;
    private final Detour toMail;
    private final Guard payments;
    private final Guard search;
    private final Guard mail;
    private final StaleCache<String, List<String>> lastKnown;
    private final HttpClient client = ContextHttpClient.wrap(HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build());

    Outbound(Providers providers, Faults faults, MeterRegistry meters, Path data) {
        this.providers = providers;
        this.faults = faults;
        this.meters = meters;
        // A charge is tried once while the customer waits; trying again is the queue's.
        toPayments = faults.detour("payments", providers.payments());
        toSearch = faults.detour("search", providers.search());
        toMail = faults.detour("mail", providers.mail());
        payments = guard("payments", toPayments, Duration.ofMillis(2_500), Retries.none());
        search = guard("search", toSearch, Duration.ofSeconds(1), Retries.upTo(2));
        mail = guard("mail", toMail, Duration.ofSeconds(2), Retries.upTo(2));
        // region stale
        lastKnown = StaleCache.<String, List<String>>named("search", 1_000, Duration.ofDays(1))
                .copy(StaleStore.directory(data.resolve("stale"), 1 << 20), StaleCodec.text(), new Lines(), 1)
                .meters(meters)
                .build();
        // endregion
    }

    private Guard guard(String name, Detour provider, Duration timeout, Retries retries) {
        return Guard.named(name)
                .timeout(timeout)
                .budget(timeout.multipliedBy(retries.attempts()).plusMillis(200))
                .retries(retries)
                .breaker(Breaker.standard().openFor(Duration.ofSeconds(5)))
                .hosts(provider.authorities().toArray(String[]::new))
                .meters(meters)
                .faults(faults)
                .build();
    }

    Payments payments() {
        return new HttpPayments(payments, client, toPayments::now);
    }

    /** Search that answers stale rather than not at all. */
    ProductSearch search(Catalogue catalogue) {
        return new HttpSearch(search, client, toSearch::now, catalogue, lastKnown);
    }

    JobHandler mail() {
        return new HttpMail(mail, client, toMail::now);
    }

    /** The client, which carries the request's ID, trace and deadline along. */
    HttpClient client() {
        return client;
    }

    Providers providers() {
        return providers;
    }

    /** What the features of the shop hang on. */
    Guards guards() {
        return new Guards(payments, search, mail);
    }

    /** The guards by their provider. */
    record Guards(Guard payments, Guard search, Guard mail) {}

    /** Product numbers, a line each. */
    private static final class Lines implements StaleCodec<List<String>> {

        @Override
        public byte[] encode(List<String> lines) {
            return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public List<String> decode(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    Gate staleReads() {
        return StaleReadsGate.of(lastKnown).paths("search");
    }

    /** How the circuits stand, for game days. */
    Circuits circuits() {
        return ResilienceGate.circuits(payments, search, mail);
    }

    Gate gate(Routes routes, GameDays gameDays) {
        return ResilienceGate.builder(routes)
                .guards(payments, search, mail)
                .dependencies("payments", "search", "mail")
                .faults(faults)
                .gameDays(gameDays)
                .build();
    }
}
