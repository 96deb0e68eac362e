// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * 200 users, of whom 20 order and 180 browse, each once a second, while the payment provider answers nobody for a minute.
 * The healthy minute before it, in the same process and under the same load, is the measure.
 */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HangingPaymentsSoakTest {

    private static final int USERS = 200;
    private static final int CUSTOMERS = 20;
    private static final Duration MINUTE = Duration.ofSeconds(60);

    /** Below this, the machine's other work decides. */
    private static final long NOISE_MICROS = 5_000;

    private OpenShop shop;
    private ShopClient root;
    private final List<ShopClient> users = new ArrayList<>();
    private final Set<String> orders = new TreeSet<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
        root = shop.client().signIn(OpenShop.ADMIN, ShopClient.PASSWORD).enrolTotp();
        for (int i = 0; i < USERS; i++) {
            users.add(i < CUSTOMERS ? shop.customer("user" + i + "@example.org") : shop.client());
        }
    }

    @AfterAll
    void close() {
        shop.close();
    }

    /**
     * What a minute was like.
     *
     * @param browsing how long each answer took, in microseconds, sorted
     * @param threads the most there were
     */
    private record Minute(List<Long> browsing, int threads) {

        long p99() {
            return browsing.get(browsing.size() * 99 / 100);
        }

        @Override
        public String toString() {
            return browsing.size() + " pages, p50 " + browsing.get(browsing.size() / 2) + " us, p99 " + p99()
                    + " us, most " + browsing.get(browsing.size() - 1) + " us, at most " + threads + " threads";
        }
    }

    @Test
    void browsingGoesOnAndEveryOrderIsPaidOnce() throws Exception {
        load(Duration.ofSeconds(20));
        Minute healthy = load(MINUTE);
        int pendingBefore = pending.get();
        expect(200, root.post("/ops/faults", Map.of("dependency", "payments", "kind", "stall", "forSeconds", 60)));
        Minute hanging = load(MINUTE);
        int pendingOrders = pending.get() - pendingBefore;
        System.out.println("healthy: " + healthy + "\nhanging: " + hanging + "\n" + orders.size() + " orders, "
                + pendingOrders + " became pending");

        assertThat(surprises).isEmpty();
        assertThat(pendingOrders).isPositive();
        assertThat(hanging.p99()).isLessThanOrEqualTo(Math.max(2 * healthy.p99(), NOISE_MICROS));
        assertThat(hanging.threads()).isLessThanOrEqualTo(healthy.threads() + 64);
        everyOrderIsPaidOnce();
    }

    private void everyOrderIsPaidOnce() throws InterruptedException {
        for (ShopClient customer : users.subList(0, CUSTOMERS)) {
            Await.until(
                    "every order of a customer to be paid",
                    () -> !customer.get("/api/orders").body().contains("payment-pending"));
        }
        List<String> charged = shop.client().get("/dev/payments").list().stream()
                .map(charge -> String.valueOf(((Map<?, ?>) charge).get("order")))
                .toList();
        assertThat(charged).doesNotHaveDuplicates().containsAll(orders);
    }

    /** Every user acts once a second, on a clock of their own, so that a slow answer does not slow the load down. */
    private Minute load(Duration length) throws InterruptedException {
        Queue<Long> browsing = new ConcurrentLinkedQueue<>();
        Queue<CompletableFuture<Void>> answers = new ConcurrentLinkedQueue<>();
        List<Future<?>> beats = new ArrayList<>();
        AtomicInteger threads = new AtomicInteger();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
        for (int i = 0; i < USERS; i++) {
            ShopClient user = users.get(i);
            boolean buys = i < CUSTOMERS;
            beats.add(clock.scheduleAtFixedRate(
                    () -> answers.add(act(user, buys, browsing)),
                    ThreadLocalRandom.current().nextInt(1_000),
                    1_000,
                    TimeUnit.MILLISECONDS));
        }
        beats.add(clock.scheduleAtFixedRate(
                () -> threads.accumulateAndGet(count(), Math::max), 0, 100, TimeUnit.MILLISECONDS));
        assertThat(clock.awaitTermination(length.toMillis(), TimeUnit.MILLISECONDS))
                .isFalse();
        assertThat(beats).noneMatch(Future::isDone);
        clock.shutdownNow();
        answers.forEach(CompletableFuture::join);
        return new Minute(browsing.stream().sorted().toList(), threads.get());
    }

    private static int count() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private CompletableFuture<Void> act(ShopClient user, boolean buys, Queue<Long> browsing) {
        if (buys && ThreadLocalRandom.current().nextInt(2) == 0) {
            return user.sendAsync("POST", "/api/orders", ShopClient.orderBody("honey", 1))
                    .thenAccept(this::ordered);
        }
        long from = System.nanoTime();
        return user.sendAsync("GET", "/api/products?q=honey", null).thenAccept(reply -> {
            browsing.add((System.nanoTime() - from) / 1_000);
            note(reply, 200);
        });
    }

    private void ordered(Reply reply) {
        if (reply.status() == 201 || reply.status() == 202) {
            synchronized (orders) {
                orders.add(reply.text("id"));
            }
            pending.addAndGet(reply.status() - 201);
        } else {
            note(reply, 201);
        }
    }

    private void note(Reply reply, int expected) {
        if (reply.status() != expected) {
            surprises.add(reply.status() + " " + reply.body());
        }
    }
}
