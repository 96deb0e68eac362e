// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.config.Secret;
import dev.gatehouse.readiness.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A2: measures a wrong password for known and for unknown addresses, in random order, on the real store and hasher. It
 * finds work that is skipped, such as a hash: then nearly every pair differs by most of its time, which the noise of a
 * busy host does not do. What a statistician could still tell apart, a benchmark must find.
 */
final class TimingProbe {

    private static final int PAIRS = 15;
    private static final int LEAST_PAIRS = 6;
    private static final long BOUND_NANOS = 3_000_000_000L;
    private static final long NOISE_NANOS = 5_000_000;
    private static final double SHARE = 0.5;
    private static final double AGREEING = 0.9;

    private final Auth auth;
    private final Proof proof;

    TimingProbe(Auth auth) {
        this.auth = auth;
        this.proof = new Proof(auth.parts().clock());
    }

    Finding run() {
        Measured measured = Stage.play(auth, TimingProbe::measure);
        long known = median(measured.known);
        long difference = median(measured.differences);
        long longer = measured.differences.stream().filter(each -> each > 0).count();
        long agreeing = Math.max(longer, measured.differences.size() - longer);
        boolean telling = Math.abs(difference) > Math.max(NOISE_NANOS, SHARE * known)
                && agreeing >= AGREEING * measured.differences.size();
        return Proof.judged(
                telling ? "how long a wrong password takes tells whether the address is known" : "",
                proof.of("wrong passwords timed", measured.known.size() + " pairs, the known one longer in " + longer),
                proof.of("median for a known address", millis(known)),
                proof.of("median difference, known less unknown", millis(difference)));
    }

    private static Measured measure(Stage stage) {
        String hash = stage.parts().passwords().hasher().hash(random(stage));
        Measured measured = new Measured(new ArrayList<>(), new ArrayList<>());
        pair(stage, hash, true); // unmeasured: classes are loaded, statements prepared
        Random order = new Random();
        long began = System.nanoTime();
        while (measured.known.size() < PAIRS
                && (measured.known.size() < LEAST_PAIRS || System.nanoTime() - began < BOUND_NANOS)) {
            long[] times = pair(stage, hash, order.nextBoolean());
            measured.known.add(times[0]);
            measured.differences.add(times[0] - times[1]);
        }
        return measured;
    }

    private static long[] pair(Stage stage, String hash, boolean knownFirst) {
        String known = stage.account(hash).email();
        String unknown = stage.unknown().text();
        long first = time(stage, knownFirst ? known : unknown);
        long second = time(stage, knownFirst ? unknown : known);
        return knownFirst ? new long[] {first, second} : new long[] {second, first};
    }

    private static long time(Stage stage, String email) {
        LoginAttempt attempt = LoginAttempt.of(email, random(stage));
        long began = System.nanoTime();
        Login login = stage.auth.login(attempt);
        long time = System.nanoTime() - began;
        if (!(login instanceof Login.Denied)) {
            throw new IllegalStateException(
                    "a wrong password was answered with " + login.getClass().getSimpleName());
        }
        return time;
    }

    private static Secret random(Stage stage) {
        return stage.parts().tokens().issue().token();
    }

    private static long median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.2f ms", nanos / 1e6);
    }

    private record Measured(List<Long> known, List<Long> differences) {}
}
