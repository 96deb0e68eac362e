// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.gatehouse.auth.token.KeyedHash;
import dev.gatehouse.config.Secret;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees stuffing in failed sign-ins, and never blocks anything. Each pattern is signalled once in ten minutes for each
 * address and password.
 *
 * <p>What it remembers is of little use to a thief: four bytes of an HMAC for each wrong password, under a key that is
 * drawn at random and never leaves this process, for ten minutes; right passwords are never shown to it. Its memory is
 * bounded: ten thousand addresses and as many passwords, the least used making room for new ones, which
 * {@code gatehouse.auth.stuffing.evictions} counts. Each instance watches for itself. Thread-safe.
 */
public final class StuffingWatch {

    /** How long failures are remembered together. */
    public static final Duration WINDOW = Duration.ofMinutes(10);

    /** Different identifiers from one address that make a signal. */
    public static final int PER_ADDRESS = 20;

    /** Different identifiers with one password that make a signal. */
    public static final int PER_PASSWORD = 10;

    private static final int CAPACITY = 10_000;
    private static final int KEY_BYTES = 32;

    private final KeyedHash hash;
    private final Cache<Integer, Seen> addresses;
    private final Cache<Integer, Seen> passwords;

    /** A watch that has seen nothing. */
    public StuffingWatch(SecureRandom random, Ticker ticker, MeterRegistry meters) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        this.hash = new KeyedHash(Secret.of(key), "stuffing");
        Counter evictions = Counter.builder("gatehouse.auth.stuffing.evictions")
                .description("Addresses and passwords forgotten early because too many others came")
                .baseUnit("entries")
                .register(meters);
        this.addresses = cache(ticker, evictions);
        this.passwords = cache(ticker, evictions);
    }

    private static Cache<Integer, Seen> cache(Ticker ticker, Counter evictions) {
        return Caffeine.newBuilder()
                .maximumSize(CAPACITY)
                .expireAfterWrite(WINDOW)
                .ticker(ticker::nanos)
                .executor(Runnable::run)
                .evictionListener((@Nullable Integer key, @Nullable Seen seen, RemovalCause cause) -> {
                    if (cause == RemovalCause.SIZE) {
                        evictions.increment();
                    }
                })
                .build();
    }

    /** A sign-in failed that came from {@code address}. */
    public Optional<Stuffing> from(InetAddress address, String identifier) {
        return see(addresses, fingerprint("address", network(address)), identifier, PER_ADDRESS)
                ? Optional.of(new Stuffing(Stuffing.Pattern.ADDRESS, PER_ADDRESS, address))
                : Optional.empty();
    }

    /** A sign-in failed because {@code password} is not the identifier's. */
    public Optional<Stuffing> with(Secret password, String identifier) {
        return see(passwords, fingerprint("password", password.reveal()), identifier, PER_PASSWORD)
                ? Optional.of(new Stuffing(Stuffing.Pattern.PASSWORD, PER_PASSWORD, null))
                : Optional.empty();
    }

    /** Written once, so the entry's ten minutes begin with its first failure. */
    private boolean see(Cache<Integer, Seen> cache, int key, String identifier, int enough) {
        return cache.get(key, first -> new Seen(enough)).add(fingerprint("identifier", identifier));
    }

    /** One customer of IPv6 has a whole /64. */
    private static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return Arrays.toString(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }

    private int fingerprint(String kind, String text) {
        return ByteBuffer.wrap(hash.of(kind, text)).getInt();
    }

    /** Different identifiers, up to as many as make a signal. */
    private static final class Seen {

        private final int[] identifiers;
        private int count;

        Seen(int enough) {
            this.identifiers = new int[enough];
        }

        /** Whether this one makes it enough; true once. */
        synchronized boolean add(int identifier) {
            if (count == identifiers.length || contains(identifier)) {
                return false;
            }
            identifiers[count++] = identifier;
            return count == identifiers.length;
        }

        private boolean contains(int identifier) {
            return Arrays.stream(identifiers, 0, count).anyMatch(known -> known == identifier);
        }
    }
}
