// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.store.ObjectName;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a wrapped data key lies. Since objects are never changed, a key that is wrapped anew gets a new generation.
 *
 * @param id the backup whose key it is
 * @param generation from 1
 */
record KeyName(String id, int generation) {

    static final ObjectName FOLDER = ObjectName.of("v1", "keys");
    static final int MOST = 9_999;

    private static final Pattern NAME = Pattern.compile("v1/keys/([0-9a-f]{32})(?:\\.([0-9]{4}))?\\.wrapped");

    static KeyName first(String id) {
        return new KeyName(id, 1);
    }

    KeyName next() {
        return new KeyName(id, generation + 1);
    }

    static Optional<KeyName> parse(ObjectName name) {
        Matcher parts = NAME.matcher(name.value());
        if (!parts.matches()) {
            return Optional.empty();
        }
        int generation = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
        return Optional.of(new KeyName(parts.group(1), generation))
                .filter(key -> key.object().equals(name));
    }

    ObjectName object() {
        String suffix = generation == 1 ? "" : String.format(Locale.ROOT, ".%04d", generation);
        return ObjectName.of("v1", "keys", id + suffix + ".wrapped");
    }
}
