// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proof that whoever asks holds the shop's root secret, as the operator's command does: the time and its HMAC-SHA-256
 * under a key derived from the secret. Good for a minute, for reading only. Thread-safe.
 */
public final class OperatorTicket {

    /** The request header that carries it. */
    public static final String HEADER = "X-Operator-Ticket";

    private static final Duration LIVES = Duration.ofMinutes(1);
    private static final String PURPOSE = "corner-shop operator ticket v1";

    private final byte[] key;
    private final InstantSource clock;

    /** Tickets under {@code secret}. */
    public OperatorTicket(Secret secret, InstantSource clock) {
        this.key = mac(secret.revealBytes(), PURPOSE);
        this.clock = clock;
    }

    /** A new ticket. */
    public String issue() {
        String time = Long.toString(clock.instant().getEpochSecond());
        return time + "." + HexFormat.of().formatHex(mac(key, time));
    }

    /** Whether {@code ticket} was issued under the same secret within a minute. */
    public boolean isValid(String ticket) {
        int dot = ticket.indexOf('.');
        if (dot < 1 || dot > 12 || !ticket.substring(0, dot).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        String time = ticket.substring(0, dot);
        byte[] expected = HexFormat.of().formatHex(mac(key, time)).getBytes(StandardCharsets.US_ASCII);
        byte[] given = ticket.substring(dot + 1).getBytes(StandardCharsets.US_ASCII);
        long age = clock.instant().getEpochSecond() - Long.parseLong(time);
        return MessageDigest.isEqual(expected, given) && Math.abs(age) <= LIVES.toSeconds();
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
