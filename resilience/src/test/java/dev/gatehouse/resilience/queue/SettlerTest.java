// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.gatehouse.testing.TestDatabases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SettlerTest {

    private static final HikariDataSource DATABASE = Bench.migrated(TestDatabases.h2());

    private final Bench bench = new Bench(DATABASE);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private final Closing closing = new Closing();
    private final DataSource source = failing();
    private final Settler settler = new Settler(new Workshop(
            source,
            new JobTable(source, "here"),
            InstantSource.system(),
            new Random(7),
            new SimpleMeterRegistry(),
            closing));

    /** Nobody pauses while the queue closes, and so the tests do not either. */
    @BeforeEach
    void pauseNoLonger() {
        closing.begin();
    }

    @AfterEach
    void closeQueues() {
        bench.close();
    }

    private DataSource failing() {
        return (DataSource) Proxy.newProxyInstance(
                SettlerTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    asked.incrementAndGet();
                    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new SQLException("the database is away", "08006");
                    }
                    return DATABASE.getConnection();
                });
    }

    private Claim claimed() {
        JobQueue queue = bench.built(b -> b.enqueues("mail"));
        return new Claim("mail", bench.key(queue, Job.of("mail", Payload.text("to bob"))), 1, 0);
    }

    @Test
    void whatBecameOfAnAttemptIsWrittenDownOnceTheDatabaseIsBack() {
        Claim claim = claimed();
        failures.set(4);

        assertThat(settler.settle(claim, new Step.Remove())).isTrue();
        assertThat(bench.jobs()).isZero();
    }

    @Test
    void afterFiveTriesTheJobIsLeftToWhoeverTakesItOver() {
        Claim claim = claimed();
        failures.set(100);
        asked.set(0);

        assertThatThrownBy(() -> settler.settle(claim, new Step.Remove())).isInstanceOf(QueueStoreException.class);
        assertThat(asked).hasValue(5);
        assertThat(bench.jobs()).isEqualTo(1);
    }
}
