// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.sql;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fingerprints of prepared statements, whose text comes again and again. Texts that were executed as they are may hold
 * literals and are not kept. Thread-safe.
 */
final class Fingerprints {

    private static final int MOST = 1_000;
    private static final int LONGEST = 4_000;

    private final Map<String, String> known = new ConcurrentHashMap<>();

    String ofPrepared(String sql) {
        String found = known.get(sql);
        if (found != null) {
            return found;
        }
        String fingerprint = Fingerprint.of(sql);
        if (sql.length() <= LONGEST) {
            if (known.size() >= MOST) {
                // Somebody prepares statements that never come again. Starting over is cheap; an order of eviction is
                // not.
                known.clear();
            }
            known.put(sql, fingerprint);
        }
        return fingerprint;
    }

    int size() {
        return known.size();
    }
}
