// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * How much of something is allowed: a token bucket that starts full, holds {@link #burst} units and refills {@code
 * permits} of them evenly over {@code window}. In any interval of length t at most {@code burst + permits * t / window}
 * units are admitted. For several windows at once, such as 10 a second and 1,000 an hour, list several limits.
 *
 * <p>One unit is back after {@link #nanosAUnit}: window divided by permits, rounded up to a whole nanosecond, so that the
 * rate is never exceeded; it falls short by less than 1% up to ten million units a second.
 *
 * <p>What a key has used is kept under the limit's name, as time and without the limit's figures. A limit of the same
 * name with other figures therefore applies from the next request on: a bucket that was half empty is half empty under
 * the new limit too, and refills at the new rate.
 *
 * <p>Immutable and thread-safe.
 */
public final class Limit {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final long MOST = 999_999_999_999_999L;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final long LONGEST_FILL = Duration.ofDays(3_660).toNanos();

    private final String name;
    private final long permits;
    private final Duration window;
    private final long burst;
    private final long debt;
    private final long nanosAUnit;
    private final long nanosToFill;
    private final long mostOwed;
    private final long print;
    private final FailureMode mode;
    private final boolean share;

    private Limit(String name, long permits, Duration window, long burst, long debt) {
        this.name = name;
        this.permits = between(name, "permits", permits, 1);
        this.window = window(name, window);
        this.burst = between(name, "burst", burst, 1);
        this.debt = between(name, "debt", debt, 0);
        if (permits > window.toNanos()) {
            throw refused(name, permits + " permits in " + window + " is more than one in a nanosecond");
        }
        this.nanosAUnit = -Math.floorDiv(-window.toNanos(), permits);
        this.mode = FailureMode.SHARE;
        this.share = false;
        requireFills(burst);
        requireFills(debt);
        this.nanosToFill = burst * nanosAUnit;
        this.mostOwed = (burst + debt) * nanosAUnit;
        this.print = print(name);
    }

    private Limit(Limit figures, FailureMode mode, boolean share) {
        this.name = figures.name;
        this.permits = figures.permits;
        this.window = figures.window;
        this.burst = figures.burst;
        this.debt = figures.debt;
        this.nanosAUnit = figures.nanosAUnit;
        this.nanosToFill = figures.nanosToFill;
        this.mostOwed = figures.mostOwed;
        this.print = figures.print;
        this.mode = mode;
        this.share = share;
    }

    /**
     * So many permits in a window, all of which may be used at once.
     *
     * @param name what clients see in the answer and operators in the metrics: lower-case letters, digits and hyphens,
     *     beginning with a letter, at most 40
     * @param permits units in each window, 1 to 999,999,999,999,999
     * @param window whole seconds, 1 second to 366 days
     */
    public static Limit of(String name, long permits, Duration window) {
        requireName(name);
        return new Limit(name, permits, window, permits, permits);
    }

    /** So many units a second. */
    public static Limit perSecond(String name, long permits) {
        return of(name, permits, Duration.ofSeconds(1));
    }

    /** So many units a minute. */
    public static Limit perMinute(String name, long permits) {
        return of(name, permits, Duration.ofMinutes(1));
    }

    /** So many units an hour. */
    public static Limit perHour(String name, long permits) {
        return of(name, permits, Duration.ofHours(1));
    }

    /** A copy whose bucket holds {@code units} instead of the permits of one window: more or fewer at once, same rate. */
    public Limit withBurst(long units) {
        return new Limit(new Limit(name, permits, window, units, debt), mode, share);
    }

    /**
     * A copy that what is charged afterwards may overdraw by {@code units} instead of the permits of one window: what is
     * charged beyond that is forgiven, so that nobody is shut out for longer than it takes to refill burst and debt.
     */
    public Limit withDebt(long units) {
        return new Limit(new Limit(name, permits, window, burst, units), mode, share);
    }

    /** A copy with another rate; burst and debt keep their proportion to it, at least 1 unit of burst. */
    public Limit withPermits(long units) {
        between(name, "permits", units, 1);
        Limit figures = new Limit(name, units, window, Math.max(1, scaled(burst, units)), scaled(debt, units));
        return new Limit(figures, mode, share);
    }

    /** A copy that does so while a shared store does not answer; {@link FailureMode#SHARE} unless said otherwise. */
    public Limit whenStoreFails(FailureMode value) {
        return new Limit(this, value, share);
    }

    /**
     * The part of this limit that one of so many instances may give out when each counts by itself. All parts together
     * never exceed its rate; nor its burst, unless that is fewer units than there are instances: a part is one unit at
     * least.
     */
    public Limit shareOf(int instances) {
        long part = Math.max(1, permits / instances);
        Duration longer = window.multipliedBy(permits < instances ? -Math.floorDiv(-instances, permits) : 1);
        Limit figures = new Limit(
                name,
                part,
                longer.compareTo(LONGEST) < 0 ? longer : LONGEST,
                Math.max(1, burst / instances),
                debt / instances);
        return new Limit(figures, mode, true);
    }

    /** What clients and operators see, and what is used is kept under. */
    public String name() {
        return name;
    }

    /** Units refilled in each window. */
    public long permits() {
        return permits;
    }

    /** How long {@link #permits} take to be refilled. */
    public Duration window() {
        return window;
    }

    /** Units a full bucket holds, and the most that one request may cost. */
    public long burst() {
        return burst;
    }

    /** Units by which the bucket may be overdrawn by what is charged afterwards. */
    public long debt() {
        return debt;
    }

    /** What this limit does while a shared store does not answer. */
    public FailureMode whenStoreFails() {
        return mode;
    }

    /** Whether this is one instance's part of a limit; see {@link #shareOf}. */
    public boolean isShare() {
        return share;
    }

    /** Nanoseconds until one used unit is back, at least 1. */
    public long nanosAUnit() {
        return nanosAUnit;
    }

    /** Nanoseconds until an empty bucket is full, at most ten years. */
    public long nanosToFill() {
        return nanosToFill;
    }

    /** The most a key can owe: nanoseconds until a bucket in the deepest debt is full. */
    public long mostOwed() {
        return mostOwed;
    }

    /** Units a second, to compare limits with. */
    double rate() {
        return (double) permits / window.toSeconds();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Limit limit
                && name.equals(limit.name)
                && permits == limit.permits
                && window.equals(limit.window)
                && burst == limit.burst
                && debt == limit.debt
                && mode == limit.mode
                && share == limit.share;
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Long.hashCode(permits);
    }

    @Override
    public String toString() {
        return "Limit[name=" + name + ", permits=" + permits + ", window=" + window + ", burst=" + burst + ", debt="
                + debt + "]";
    }

    /** The fingerprint of this limit's bucket of a key, by the key's hash; never 0. */
    long print(long key) {
        long mixed = key ^ print;
        return mixed == 0 ? 1 : mixed;
    }

    /** 64 bits of FNV-1a, stirred: names are the operator's, so that no secret is needed. */
    private static long print(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }

    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("ratelimit: the limit's name was '" + name + "' but must match " + NAME);
        }
    }

    private long scaled(long units, long newPermits) {
        return Math.round((double) units / permits * newPermits);
    }

    private void requireFills(long units) {
        if (units > LONGEST_FILL / nanosAUnit) {
            throw refused(name, units + " units at " + permits + " in " + window + " would take more than 10 years");
        }
    }

    private static long between(String name, String what, long value, long least) {
        if (value < least || value > MOST) {
            String rule = value < least ? "at least " + least : "at most " + MOST;
            throw refused(name, what + " was " + value + " but must be " + rule);
        }
        return value;
    }

    private static Duration window(String name, Duration window) {
        if (window.compareTo(Duration.ofSeconds(1)) < 0
                || window.compareTo(LONGEST) > 0
                || !window.equals(window.truncatedTo(ChronoUnit.SECONDS))) {
            throw refused(name, "window was " + window + " but must be whole seconds, 1 second to 366 days");
        }
        return window;
    }

    private static IllegalArgumentException refused(String name, String rule) {
        return new IllegalArgumentException("ratelimit." + name + ": " + rule);
    }
}
