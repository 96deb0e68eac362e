// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password.bouncycastle;

import dev.gatehouse.auth.password.LegacyHashes;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** bcrypt. Its time doubles with each step of the cost; what a cheaper hash leaves over of the dearest is run too. */
final class Bcrypt implements LegacyHashes {

    private static final int MAX_PASSWORD_BYTES = 72;
    private static final int LEAST = 4;
    private static final int MOST = 16;
    private static final byte[] NO_SALT = new byte[16];

    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    private final int dearest;

    Bcrypt(int dearest) {
        if (dearest < LEAST || dearest > MOST) {
            throw new IllegalArgumentException(
                    "auth.bcrypt: cost was " + dearest + " but must be " + LEAST + " to " + MOST);
        }
        this.dearest = dearest;
    }

    @Override
    public boolean verify(byte[] password, String stored) {
        byte[] key = Arrays.copyOf(password, Math.min(password.length, MAX_PASSWORD_BYTES));
        try {
            int cost = cost(stored);
            boolean readable = cost >= LEAST && cost <= dearest;
            boolean matches = readable && OpenBSDBCrypt.checkPassword(stored, key);
            topUp(key, readable ? 1 << cost : 0);
            return matches && isExact(password);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static int cost(String stored) {
        Matcher parts = FORM.matcher(stored);
        return parts.matches() ? Integer.parseInt(parts.group(1)) : -1;
    }

    /** Whether no other password leads to the same hash. */
    private static boolean isExact(byte[] password) {
        boolean zero = false;
        for (byte b : password) {
            zero |= b == 0;
        }
        return password.length <= MAX_PASSWORD_BYTES && !zero;
    }

    /** What is left of the dearest's rounds is a sum of powers of two, each of them a cost of its own. */
    private void topUp(byte[] key, int done) {
        int rest = (1 << dearest) - done;
        for (int cost = LEAST; cost <= dearest; cost++) {
            if ((rest & 1 << cost) != 0) {
                BCrypt.generate(key, NO_SALT, cost);
            }
        }
    }

    @Override
    public int memoryKib() {
        return 8;
    }
}
