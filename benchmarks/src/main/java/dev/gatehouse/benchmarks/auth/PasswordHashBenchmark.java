// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.auth;

import dev.gatehouse.auth.password.Argon2Parameters;
import dev.gatehouse.auth.password.PasswordHasher;
import dev.gatehouse.auth.password.bouncycastle.BouncyCastleHashes;
import dev.gatehouse.config.Secret;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * One Argon2id hash of 19,456 KiB, two passes and one lane. Run it with {@code -t 1} and {@code -t 2}, and with
 * {@code -prof gc}; {@code benchmarks/argon2-program} times the reference program beside it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PasswordHashBenchmark {

    private static final String PASSWORD = "correct horse battery staple";

    private final Secret secret = Secret.of(PASSWORD);
    private final PasswordHasher ours = PasswordHasher.argon2id(Argon2Parameters.DEFAULT, new SecureRandom());
    private final PasswordHasher pureJava = BouncyCastleHashes.argon2id(Argon2Parameters.DEFAULT, new SecureRandom());
    private final Argon2PasswordEncoder spring = new Argon2PasswordEncoder(16, 32, 1, 19_456, 2);

    /** Gatehouse on libargon2. */
    @Benchmark
    public String gatehouse() {
        return ours.hash(secret);
    }

    /** Gatehouse on BouncyCastle. */
    @Benchmark
    public String gatehouseOnBouncyCastle() {
        return pureJava.hash(secret);
    }

    /** Spring Security's encoder. */
    @Benchmark
    public String spring() {
        return spring.encode(PASSWORD);
    }
}
