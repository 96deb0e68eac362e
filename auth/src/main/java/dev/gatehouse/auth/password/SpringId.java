// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import java.util.Set;

/** The algorithm's name in braces that Spring Security's delegating encoder puts before a hash. */
final class SpringId {

    /** Those that lead to a hash worth reading; {noop}, {MD5} and their like do not. */
    private static final Set<String> KNOWN = Set.of(
            "{bcrypt}",
            "{scrypt}",
            "{scrypt@SpringSecurity_v5_8}",
            "{pbkdf2}",
            "{pbkdf2@SpringSecurity_v5_8}",
            "{argon2}",
            "{argon2@SpringSecurity_v5_8}");

    private SpringId() {}

    /** What follows a known name; anything else is given back as it is. */
    static String strip(String stored) {
        int end = stored.indexOf('}') + 1;
        return KNOWN.contains(stored.substring(0, end)) ? stored.substring(end) : stored;
    }
}
