// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import java.io.IOException;
import java.util.List;

/**
 * A service that knows passwords from breaches, asked by range: it learns the first five of the forty hexadecimal digits
 * of a password's SHA-1, which hundreds of passwords share, and never the password or its hash.
 *
 * <p>The implementation sets the time limit of its call, and should keep it under two seconds: a registration or a reset
 * waits for it. When it throws, the password is accepted on the strength of the bundled list, and that is counted: a
 * service that is down must not stop people from changing their passwords (ASVS 5.0, 6.2.12).
 */
@FunctionalInterface
public interface BreachedPasswords {

    /**
     * The lines {@code SUFFIX:COUNT} of this range: the other 35 digits of each known hash, and how often it was seen.
     * Lines with a count of zero are padding. At most 10,000 are read.
     */
    List<String> range(String prefix) throws IOException, InterruptedException;

    /** Knows nothing. */
    static BreachedPasswords none() {
        return prefix -> List.of();
    }
}
