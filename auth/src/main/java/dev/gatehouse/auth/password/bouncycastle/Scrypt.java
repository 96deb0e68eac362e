// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password.bouncycastle;

import dev.gatehouse.auth.password.LegacyHashes;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.SCrypt;

/** scrypt. What a cheaper hash leaves over of the dearest one's blocks is mixed too. */
final class Scrypt implements LegacyHashes {

    private static final int LEAST = 10;
    private static final int MOST = 17;
    private static final int MAX_BLOCK = 8;
    private static final byte[] NO_SALT = new byte[16];

    private static final String SALT_AND_TAG = "\\$([A-Za-z0-9+/=]{11,88})\\$([A-Za-z0-9+/=]{22,88})";
    private static final Pattern PHC = Pattern.compile("\\$scrypt\\$ln=(\\d{1,2}),r=([1-8]),p=1" + SALT_AND_TAG);

    /** Spring's: the logarithm of N, r and p, the latter two in sixteen bits together, all hexadecimal. */
    private static final Pattern SPRING = Pattern.compile("\\$([0-9a-f]{1,2})0([1-8])01" + SALT_AND_TAG);

    private final int dearest;

    Scrypt(int dearest) {
        if (dearest < LEAST || dearest > MOST) {
            throw new IllegalArgumentException(
                    "auth.scrypt: log2 of N was " + dearest + " but must be " + LEAST + " to " + MOST);
        }
        this.dearest = dearest;
    }

    @Override
    public boolean verify(byte[] password, String stored) {
        Optional<Stored> read = parse(stored).filter(hash -> hash.logN >= 1 && hash.logN <= dearest);
        boolean matches = read.isPresent() && read.get().matches(password);
        topUp(password, read.map(Stored::work).orElse(0));
        return matches;
    }

    private static Optional<Stored> parse(String text) {
        Matcher phc = PHC.matcher(text);
        Matcher spring = SPRING.matcher(text);
        try {
            return phc.matches()
                    ? Optional.of(Stored.of(phc, 10))
                    : spring.matches() ? Optional.of(Stored.of(spring, 16)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            // No such Base64.
            return Optional.empty();
        }
    }

    /** In whole blocks of the largest size; each power of two in what is left is a memory cost of its own. */
    private void topUp(byte[] password, int done) {
        int rest = (1 << dearest) - done / MAX_BLOCK;
        for (int logN = 1; logN <= dearest; logN++) {
            if ((rest & 1 << logN) != 0) {
                SCrypt.generate(password, NO_SALT, 1 << logN, MAX_BLOCK, 1, 32);
            }
        }
    }

    @Override
    public int memoryKib() {
        return (MAX_BLOCK << dearest) / 8;
    }

    private static final class Stored {

        private final int logN;
        private final int block;
        private final byte[] salt;
        private final byte[] tag;

        private Stored(int logN, int block, byte[] salt, byte[] tag) {
            this.logN = logN;
            this.block = block;
            this.salt = salt;
            this.tag = tag;
        }

        static Stored of(Matcher parts, int radix) {
            return new Stored(
                    Integer.parseInt(parts.group(1), radix),
                    Integer.parseInt(parts.group(2)),
                    Base64.getDecoder().decode(parts.group(3)),
                    Base64.getDecoder().decode(parts.group(4)));
        }

        int work() {
            return block << logN;
        }

        boolean matches(byte[] password) {
            return MessageDigest.isEqual(SCrypt.generate(password, salt, 1 << logN, block, 1, tag.length), tag);
        }
    }
}
