// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks;

import dev.gatehouse.auth.session.Session;
import dev.gatehouse.benchmarks.session.Jwts;
import dev.gatehouse.benchmarks.session.ManySessions;
import dev.gatehouse.benchmarks.session.SpringSessions;
import dev.gatehouse.config.Secret;
import dev.gatehouse.time.Ticker;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to find out whose request it is, from the text of the cookie to the session: ours from the cache (token
 * hashed, revocation and expiry checked) and from the store, beside Spring Session's map and the check of a signed token.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SessionBenchmark {

    private static final int SESSIONS = 1_000;

    private @Nullable ManySessions ours;
    private final SpringSessions spring = new SpringSessions();
    private final Jwts jwts = new Jwts();
    private int turn;

    /** Opens as many sessions on each side. */
    @Setup
    public void open() {
        ours = ManySessions.signedIn(SESSIONS, Ticker.system());
        spring.open(SESSIONS);
        jwts.issue(SESSIONS);
    }

    private int next() {
        turn = turn + 1 == SESSIONS ? 0 : turn + 1;
        return turn;
    }

    /** From the cache, whose entries are loaded again every five seconds. */
    @Benchmark
    public Optional<Session> cached() {
        ManySessions sessions = Objects.requireNonNull(ours);
        return sessions.auth().session(Secret.of(sessions.token(next())));
    }

    /** From H2 in memory, every time. */
    @Benchmark
    public Optional<Session> fromTheStore() {
        ManySessions sessions = Objects.requireNonNull(ours);
        return sessions.auth().sessionNow(Secret.of(sessions.token(next())));
    }

    /** Spring Session's repository in memory, which hashes nothing. */
    @Benchmark
    public Object springMapSessionRepository() {
        return spring.find(next());
    }

    /** A signed token (HS256), parsed and verified, which nobody can revoke. */
    @Benchmark
    public Object jwtHs256() {
        return jwts.verify(next());
    }
}
