// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a {@link BreachedPasswords} service about new passwords, and counts what it says. Thread-safe. */
public final class BreachCheck {

    private static final Logger LOG = LoggerFactory.getLogger(BreachCheck.class);
    private static final int PREFIX_DIGITS = 5;
    private static final int MAX_LINES = 10_000;

    private final BreachedPasswords service;
    private final MeterRegistry meters;

    /** A check by this service. */
    public BreachCheck(BreachedPasswords service, MeterRegistry meters) {
        this.service = service;
        this.meters = meters;
    }

    /** The rule that {@code password} breaks, if the service knows it; none when the service does not answer. */
    public Optional<String> broken(Secret password) {
        String digest = PasswordBytes.normalised(password, BreachCheck::sha1);
        try {
            List<String> range = service.range(digest.substring(0, PREFIX_DIGITS));
            boolean known = range.stream().limit(MAX_LINES).anyMatch(line -> names(line, digest));
            count(known ? "breached" : "clear");
            return known ? Optional.of("must not be a password that is known from a breach") : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return unavailable(e);
        } catch (IOException | RuntimeException e) {
            return unavailable(e);
        }
    }

    private Optional<String> unavailable(Exception why) {
        // Not the exception itself: its message may hold the address that was asked, and with it the range.
        LOG.warn(
                "A new password was not checked against breaches: {}",
                why.getClass().getName());
        count("unavailable");
        return Optional.empty();
    }

    private static boolean names(String line, String digest) {
        String[] parts = line.strip().split(":", 2);
        return parts[0].toUpperCase(Locale.ROOT).equals(digest.substring(PREFIX_DIGITS))
                && !(parts.length == 2 && parts[1].strip().equals("0"));
    }

    private void count(String outcome) {
        Counter.builder("gatehouse.auth.breach.checks")
                .description("New passwords looked up in a list of breached ones")
                .baseUnit("passwords")
                .tag("outcome", outcome)
                .register(meters)
                .increment();
    }

    private static String sha1(byte[] password) {
        try {
            return HexFormat.of()
                    .withUpperCase()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(password));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
