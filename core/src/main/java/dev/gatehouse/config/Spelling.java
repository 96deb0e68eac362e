// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant: by the fewest slips of the finger (Damerau 1964, adjacent swaps included). */
final class Spelling {

    private Spelling() {}

    /** The nearest of {@code known}, when it is near enough to be a slip: two in a long name, one in a short one. */
    static Optional<String> nearest(String name, Collection<String> known, int prefix) {
        String typed = name.toUpperCase(Locale.ROOT);
        int most = name.length() - prefix <= 5 ? 1 : 2;
        return known.stream()
                .filter(each -> Math.abs(each.length() - typed.length()) <= most)
                .filter(each -> slips(typed, each) <= most)
                .min(Comparator.comparingInt(each -> slips(typed, each)));
    }

    private static int slips(String typed, String known) {
        return distance(typed, known.toUpperCase(Locale.ROOT));
    }

    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cell(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cell(int[][] cost, String a, String b, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
