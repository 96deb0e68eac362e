// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.HashGate;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.Race;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Five hundred sign-ins at once take no more memory than is configured. */
final class HashLoadTest {

    private static final int LOGINS = 500;
    private static final int EACH_KIB = 19_456;
    private static final int TURNS = 4;

    private final AtomicInteger number = new AtomicInteger();

    private Login login(World world) {
        String email = "somebody" + number.getAndIncrement() + "@example.org";
        return world.auth.login(LoginAttempt.of(email, World.WRONG));
    }

    @Test
    void neverHashMoreAtATimeThanTheMemoryHolds() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        World world = world(HashGate.of(64, TURNS * EACH_KIB + EACH_KIB / 2, LOGINS, Duration.ofMinutes(1), meters()));
        world.hasher.memoryKib = EACH_KIB;
        world.hasher.meanwhile = () -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.onSpinWait();
            running.decrementAndGet();
        };
        List<Login> answers = Race.results(LOGINS, () -> login(world));
        assertThat(answers).hasOnlyElementsOfType(Login.Denied.class);
        assertThat(world.hasher.verified).hasValue(LOGINS);
        assertThat(most.get()).isBetween(1, TURNS);
    }

    @Test
    void areToldWhenToComeBackOnceTheQueueIsFull() {
        World world = world(HashGate.of(1, EACH_KIB, 10, Duration.ofMinutes(1), meters()));
        AtomicInteger busy = new AtomicInteger();
        // Who has the turn keeps it until everybody was refused for whom there is no room in the queue.
        world.hasher.meanwhile = () -> {
            while (busy.get() < LOGINS - 11) {
                Thread.onSpinWait();
            }
        };
        List<Login> answers = Race.results(LOGINS, () -> {
            Login answer = login(world);
            if (answer instanceof Login.Busy) {
                busy.incrementAndGet();
            }
            return answer;
        });
        assertThat(answers.stream().filter(Login.Busy.class::isInstance))
                .hasSize(LOGINS - 11)
                .allSatisfy(
                        answer -> assertThat(((Login.Busy) answer).retryAfter()).isEqualTo(Duration.ofSeconds(2)));
    }

    /**
     * With the real hash, and the process's own account of its memory. The same threads sign in with a hasher that takes
     * none before, so that their stacks and the heap are not counted.
     */
    @Test
    @Tag("soak")
    @EnabledOnOs(OS.LINUX)
    void staysWithinItsMemoryAsTheSystemSeesIt() throws IOException {
        World cheap = world(HashGate.of(TURNS, LOGINS, Duration.ofMinutes(1), meters()));
        PasswordHasher argon2 = PasswordHasher.argon2id(Argon2Parameters.DEFAULT, new SecureRandom());
        HashGate gate = HashGate.of(TURNS, TURNS * EACH_KIB, LOGINS, Duration.ofMinutes(1), meters());
        World dear = new World(
                AuthStore.inMemory(), builder -> builder.hasher(argon2).hashGate(gate));
        for (int round = 0; round < 3; round++) {
            Race.results(LOGINS, () -> login(cheap));
        }
        long before = kib("VmRSS");
        for (int round = 0; round < 3; round++) {
            assertThat(Race.results(LOGINS, () -> login(dear))).hasOnlyElementsOfType(Login.Denied.class);
        }
        assertThat(kib("VmHWM") - before).isBetween(EACH_KIB / 2L, TURNS * EACH_KIB + 65_536L);
    }

    private static long kib(String what) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(what + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }

    private static World world(HashGate gate) {
        return new World(AuthStore.inMemory(), builder -> builder.hashGate(gate));
    }

    private static SimpleMeterRegistry meters() {
        return new SimpleMeterRegistry();
    }
}
