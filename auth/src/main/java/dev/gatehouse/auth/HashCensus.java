// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts stored password hashes by how they begin. */
final class HashCensus {

    /** What hashes of each algorithm begin with. Peppered ones are all ours, and so Argon2id. */
    private static final Map<String, List<String>> FAMILIES = families();

    private final Parts parts;

    HashCensus(Parts parts) {
        this.parts = parts;
    }

    private static Map<String, List<String>> families() {
        Map<String, List<String>> all = new LinkedHashMap<>();
        all.put("argon2id with a pepper", List.of("{hmac-sha256@"));
        all.put("argon2id", List.of("$argon2id$", "{argon2}$argon2id$", "{argon2@SpringSecurity_v5_8}$argon2id$"));
        all.put("argon2i or argon2d", List.of("$argon2i$", "$argon2d$"));
        all.put("bcrypt", List.of("$2", "{bcrypt}"));
        all.put("scrypt", List.of("$scrypt$", "$e0801$", "$100801$", "{scrypt"));
        all.put("pbkdf2", List.of("$pbkdf2", "pbkdf2_", "{pbkdf2"));
        return all;
    }

    /** In words, with how many begin with {@code current}, as new hashes do. */
    String taken(String current) {
        List<String> prefixes = new ArrayList<>(List.of("", current));
        FAMILIES.values().forEach(prefixes::addAll);
        List<Long> counts = parts.store().read(unit -> unit.accounts().countHashesLike(prefixes));
        Map<String, Long> byPrefix = new LinkedHashMap<>();
        for (int i = 0; i < prefixes.size(); i++) {
            byPrefix.put(prefixes.get(i), counts.get(i));
        }
        return inWords(counts.get(0), counts.get(1), byPrefix);
    }

    private static String inWords(long all, long current, Map<String, Long> byPrefix) {
        Map<String, Long> shares = new LinkedHashMap<>();
        FAMILIES.forEach((name, begins) -> shares.put(
                name,
                begins.stream()
                        .mapToLong(prefix -> byPrefix.getOrDefault(prefix, 0L))
                        .sum()));
        shares.put(
                "other",
                all - shares.values().stream().mapToLong(share -> share).sum());
        String kinds = shares.entrySet().stream()
                .filter(share -> share.getValue() > 0)
                .map(share -> share.getValue() + " " + share.getKey())
                .collect(Collectors.joining(", "));
        return current + " of " + all + " like new ones" + (kinds.isEmpty() ? "" : "; " + kinds);
    }
}
