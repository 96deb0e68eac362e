// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hasher that is given HMAC-SHA-256 of the password instead of the password; the key's ID precedes the hash. */
final class PepperedHasher implements PasswordHasher {

    private static final Logger LOG = LoggerFactory.getLogger(PepperedHasher.class);
    private static final String ALGORITHM = "HmacSHA256";
    private static final Pattern FORM = Pattern.compile("\\{hmac-sha256@([a-z0-9._-]{1,32})}(.*)", Pattern.DOTALL);

    private final PasswordHasher inner;
    private final Peppers peppers;
    private final Counter unknown;

    PepperedHasher(PasswordHasher inner, Peppers peppers, MeterRegistry meters) {
        this.inner = inner;
        this.peppers = peppers;
        this.unknown = Counter.builder("gatehouse.auth.pepper.unknown")
                .description("Stored password hashes met whose pepper key is not known")
                .baseUnit("hashes")
                .register(meters);
    }

    @Override
    public String hash(Secret password) {
        return envelope() + inner.hash(keyed(password, peppers.current()));
    }

    @Override
    public boolean verify(Secret password, String stored) {
        Matcher parts = FORM.matcher(stored);
        if (!parts.matches()) {
            return peppers.acceptsUnpeppered() ? inner.verify(password, stored) : inner.verify(password, "");
        }
        String id = parts.group(1);
        if (peppers.key(id).isEmpty()) {
            unknown.increment();
            LOG.error("A password cannot be checked: its hash needs the pepper key {}, which is not configured", id);
            return inner.verify(password, "");
        }
        return inner.verify(keyed(password, id), parts.group(2));
    }

    @Override
    public boolean isOutdated(String stored) {
        return !stored.startsWith(envelope()) || inner.isOutdated(bare(stored));
    }

    @Override
    public int memoryKib(String stored) {
        return inner.memoryKib(bare(stored));
    }

    @Override
    public String prefix() {
        return envelope() + inner.prefix();
    }

    private String envelope() {
        return "{hmac-sha256@" + peppers.current() + "}";
    }

    private static String bare(String stored) {
        Matcher parts = FORM.matcher(stored);
        return parts.matches() ? parts.group(2) : stored;
    }

    /** As hexadecimal digits: no hasher takes offence at those. */
    private Secret keyed(Secret password, String id) {
        Optional<Secret> key = peppers.key(id);
        byte[] mac = PasswordBytes.normalised(
                password, bytes -> hmac(key.orElseThrow().revealBytes(), bytes));
        return Secret.of(HexFormat.of().formatHex(mac).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
