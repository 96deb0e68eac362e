// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.util.regex.Pattern;

/** The rule for names of sources. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private Names() {}

    static String require(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("backup.source: name was '" + name
                    + "' but must be at most 40 lower-case letters, digits and hyphens, beginning with a letter");
        }
        return name;
    }
}
