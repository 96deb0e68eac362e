// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import static dev.gatehouse.examples.shop.ShopClient.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.ShopClient.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * An attacker with a stopwatch: pairs of a known and an unknown address, in random order one after the other, over HTTP.
 * The interval of the median difference (bootstrap, 95 %) must lie within a millisecond of nothing.
 */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EnumerationTimingTest {

    private static final int ACCOUNTS = 60;
    private static final int WARM_UP = 20;
    private static final double MILLISECOND = 1e6;

    private final Random random = new Random(7);
    private OpenShop shop;

    @BeforeAll
    void open() throws Exception {
        shop = OpenShop.with(Map.of());
        for (int i = 0; i < ACCOUNTS; i++) {
            shop.customer(known(i));
        }
        for (int i = 0; i < WARM_UP; i++) {
            shop.client().post("/api/login", Map.of("email", "warm-" + i + "@example.net", "password", "not it"));
        }
    }

    @AfterAll
    void close() {
        shop.close();
    }

    @Test
    void aSignInTakesAsLong() {
        judge(new Question(
                "sign-in",
                4,
                401,
                (client, email) -> client.post("/api/login", Map.of("email", email, "password", "not it"))));
    }

    @Test
    void aForgottenPasswordTakesAsLong() {
        judge(new Question(
                "reset",
                3,
                202,
                (client, email) -> client.post("/api/password/reset-request", Map.of("email", email))));
    }

    @Test
    void aRegistrationTakesAsLong() {
        judge(new Question(
                "registration",
                3,
                202,
                (client, email) -> client.post("/api/accounts", Map.of("email", email, "password", PASSWORD))));
    }

    /** Asks about each account and as many unknown ones, again while the interval is wide. */
    private void judge(Question question) {
        List<Double> counted = new ArrayList<>();
        double[] interval = {-1e9, 1e9};
        for (int time = 0; time < question.times && interval[1] - interval[0] > MILLISECOND; time++) {
            for (int i = 0; i < ACCOUNTS; i++) {
                counted.add(difference(question, known(i), question.name + time + "-" + i + "@example.net"));
            }
            interval = interval(counted);
        }
        String seen = "%s: %d pairs, known takes %.0f us longer, 95 %% within %.0f to %.0f us"
                .formatted(question.name, counted.size(), median(counted) / 1e3, interval[0] / 1e3, interval[1] / 1e3);
        System.out.println(seen);
        assertThat(interval[0]).as(seen).isGreaterThan(-MILLISECOND);
        assertThat(interval[1]).as(seen).isLessThan(MILLISECOND);
    }

    private double difference(Question question, String known, String stranger) {
        boolean knownFirst = random.nextBoolean();
        double first = nanos(question, knownFirst ? known : stranger);
        double second = nanos(question, knownFirst ? stranger : known);
        return knownFirst ? first - second : second - first;
    }

    /** A client of its own for each question, so that no limit by address is met. */
    private double nanos(Question question, String email) {
        ShopClient client = shop.client();
        long start = System.nanoTime();
        Reply reply = question.ask.apply(client, email);
        long took = System.nanoTime() - start;
        assertThat(reply.status()).isEqualTo(question.status);
        return took;
    }

    private double[] interval(List<Double> differences) {
        double[] medians = new double[2_000];
        for (int i = 0; i < medians.length; i++) {
            medians[i] = median(random.doubles(differences.size())
                    .mapToObj(at -> differences.get((int) (at * differences.size())))
                    .toList());
        }
        Arrays.sort(medians);
        return new double[] {medians[50], medians[1_949]};
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static String known(int i) {
        return "known-" + i + "@example.org";
    }

    private record Question(String name, int times, int status, BiFunction<ShopClient, String, Reply> ask) {}
}
