// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Whether two things that were timed in pairs take the same time. The largest twentieth of the differences is cropped on
 * either side alike; the rest is judged by Wilcoxon's signed-rank test (normal approximation, ties averaged) and by a
 * bootstrap interval of the median, 99 %, from 2,000 resamples.
 */
record PairedDifferences(int samples, double p, double median, double low, double high) {

    private static final int RESAMPLES = 2_000;
    private static final double TAIL = 0.005;

    static PairedDifferences of(List<Double> differences, Random random) {
        double[] kept = differences.stream()
                .sorted(Comparator.comparingDouble(Math::abs))
                .limit(differences.size() - differences.size() / 20)
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] sorted = Arrays.stream(kept).sorted().toArray();
        double[] medians = IntStream.range(0, RESAMPLES)
                .mapToDouble(i -> resampledMedian(sorted, random))
                .sorted()
                .toArray();
        int tail = (int) (RESAMPLES * TAIL);
        return new PairedDifferences(
                kept.length, p(kept), sorted[sorted.length / 2], medians[tail], medians[RESAMPLES - 1 - tail]);
    }

    /** The (upper) median of as many draws with replacement, found by counting instead of sorting. */
    private static double resampledMedian(double[] sorted, Random random) {
        int[] drawn = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            drawn[random.nextInt(sorted.length)]++;
        }
        int at = 0;
        for (int seen = drawn[0]; seen <= sorted.length / 2; seen += drawn[at]) {
            at++;
        }
        return sorted[at];
    }

    /** Two-sided, for differences that are sorted by size. */
    private static double p(double[] bySize) {
        double[] given = Arrays.stream(bySize).filter(value -> value != 0).toArray();
        double n = given.length;
        double positive = 0;
        double ties = 0;
        for (int first = 0; first < given.length; ) {
            int next = first;
            while (next < given.length && Math.abs(given[next]) == Math.abs(given[first])) {
                next++;
            }
            double rank = (first + 1 + next) / 2.0;
            positive += rank
                    * Arrays.stream(given, first, next)
                            .filter(value -> value > 0)
                            .count();
            ties += Math.pow(next - first, 3) - (next - first);
            first = next;
        }
        double deviation = Math.sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48);
        double z = deviation == 0 ? 0 : (positive - n * (n + 1) / 4) / deviation;
        return 2 * upperTail(Math.abs(z));
    }

    /** The standard normal's upper tail (Abramowitz and Stegun, 26.2.17; error below 1e-7). */
    private static double upperTail(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double series =
                t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
    }

    boolean isWithin(double bound) {
        return -bound < low && high < bound;
    }

    boolean isUndecided(double bound) {
        return !isWithin(bound) && low < bound && -bound < high;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d pairs, median difference %.4f ms, 99 %% interval [%.4f, %.4f] ms, Wilcoxon p = %.4f",
                samples,
                median,
                low,
                high,
                p);
    }
}
