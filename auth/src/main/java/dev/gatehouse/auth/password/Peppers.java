// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import dev.gatehouse.config.Secret;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Secret keys that go into password hashes: the current one, and retired ones that stored hashes may still need. Each has
 * an ID that is stored with the hash. Keep the keys outside of the database. Immutable.
 */
public final class Peppers {

    /** Bytes that a key has at least. */
    public static final int KEY_BYTES = 32;

    private static final int MAX_KEYS = 16;
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

    private final String current;
    private final Map<String, Secret> keys;
    private final boolean unpeppered;

    private Peppers(String current, Map<String, Secret> keys, boolean unpeppered) {
        this.current = current;
        this.keys = keys;
        this.unpeppered = unpeppered;
    }

    /** The key that new hashes are made with: 32 random bytes or more. Its ID is 1 to 32 of {@code a-z0-9._-}. */
    public static Peppers of(String id, Secret key) {
        return new Peppers(id, with(Map.of(), id, key), false);
    }

    /** A key that was the current one: its hashes are verified, and replaced at the next sign-in. */
    public Peppers retired(String id, Secret key) {
        return new Peppers(current, with(keys, id, key), unpeppered);
    }

    /**
     * Verifies hashes that were made without any key, too, and replaces them: for adding a pepper where accounts exist.
     * Whoever can write to the database may as long put hashes of their own choice there; without this they need the key.
     */
    public Peppers acceptingUnpeppered() {
        return new Peppers(current, keys, true);
    }

    private static Map<String, Secret> with(Map<String, Secret> keys, String id, Secret key) {
        require(ID.matcher(id).matches(), "key ID was '" + id + "' but must be 1 to 32 of a-z0-9._-");
        require(
                key.length() >= KEY_BYTES,
                "key " + id + " had " + key.length() + " bytes but must have at least " + KEY_BYTES);
        Map<String, Secret> all = new HashMap<>(keys);
        require(all.put(id, key) == null, "key ID " + id + " is there twice");
        require(all.size() <= MAX_KEYS, "there were " + all.size() + " keys but must be at most " + MAX_KEYS);
        return Map.copyOf(all);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("auth.pepper: " + otherwise);
        }
    }

    String current() {
        return current;
    }

    Optional<Secret> key(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    boolean acceptsUnpeppered() {
        return unpeppered;
    }

    /** The IDs only. */
    @Override
    public String toString() {
        return "Peppers[current=" + current + ", keys=" + keys.size() + "]";
    }
}
