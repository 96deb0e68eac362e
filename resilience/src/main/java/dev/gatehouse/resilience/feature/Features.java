// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.http.Problem;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.resilience.feature.FeatureUnit.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the application offers and how each of it stands. A feature is as bad as the worst of what it needs, at once; it
 * counts as better only when that has held for a while, so that a circuit that opens and closes does not flicker on the
 * page. Somebody may turn a feature off, on all instances, and it stays off over restarts. Thread-safe.
 *
 * <p>Asking how a feature stands costs well under a microsecond and asks nobody else. A {@link FeaturesGate} reads what other
 * instances switch and writes history; without one, call {@link #refresh} twice a second.
 */
public final class Features {

    private static final Duration LONGEST_OFF = Duration.ofDays(366);
    private static final int LONGEST_REASON = 500;

    private final FeatureWorld world;
    private final FeatureStore store;
    private final Switchboard switches;
    private final Board board;
    private final Chronicle chronicle;
    private final Sightings sightings;
    private volatile long readAt;
    private volatile boolean read;

    Features(List<Feature> declared, FeatureStore store, Duration steadyFor, FeatureWorld world) {
        this.world = world;
        this.store = store;
        this.switches = new Switchboard(store, world);
        this.board =
                new Board(declared, switches::inForce, feature -> new Steadiness(world.ticker(), steadyFor.toNanos()));
        this.chronicle = new Chronicle(world);
        this.sightings = new Sightings(board.names(), world);
        board.names()
                .forEach(name -> world.meters()
                        .watch(name, board, watched -> watched.state(name).level()));
    }

    /** A builder without features yet. */
    public static FeaturesBuilder builder() {
        return new FeaturesBuilder();
    }

    /** How the feature of this name stands; refused when none was declared. */
    public FeatureState state(String feature) {
        return board.state(feature);
    }

    /**
     * Whether somebody turned it off, or a feature that it cannot do without: then do not even try. Nothing else should keep
     * you from calling a dependency, for a circuit that is open closes again by calls.
     */
    public boolean isTurnedOff(String feature) {
        return board.isTurnedOff(feature);
    }

    /** What to tell a user of the feature; empty while it is up. It counts as told. */
    public Optional<Notice> notice(String feature, Locale locale) {
        return notice(feature, FeatureState.UP, locale);
    }

    /** The same, in the feature's own words. */
    public Optional<Notice> notice(String feature) {
        return notice(feature, Locale.ROOT);
    }

    /**
     * What to tell a user along with an answer: when that is stale, replaced or missing, the feature is at least degraded
     * to this user, however it stands for others.
     */
    public Optional<Notice> notice(String feature, Outcome<?> outcome, Locale locale) {
        FeatureState least = outcome instanceof Outcome.Success<?> ? FeatureState.UP : FeatureState.DEGRADED;
        return notice(feature, least, locale);
    }

    /** The same, where the application knows by itself how the feature stands for this user at least. */
    public Optional<Notice> notice(String feature, FeatureState least, Locale locale) {
        FeatureState state = state(feature).worse(least);
        return state == FeatureState.UP ? Optional.empty() : Optional.of(tell(feature, state, locale));
    }

    /** What users are told in this state, whatever the feature's state is: for what was answered once and must not change. */
    public Notice tell(String feature, FeatureState state, Locale locale) {
        String sentence = board.feature(feature).sentence(state, locale);
        sightings.told(feature, state);
        return new Notice(feature, state, sentence);
    }

    /** The answer to who wants to use a feature that is off: 503 with its sentence, and to try again in half a minute. */
    public Problem problem(String feature, Locale locale) {
        return Problem.of(
                        503,
                        "Not available just now",
                        tell(feature, FeatureState.OFF, locale).sentence())
                .with("feature", feature)
                .header("Retry-After", "30");
    }

    /** Every feature with the sentence for its state, in the order they were declared. */
    public List<FeatureStatus> status() {
        return board.names().stream().map(this::status).toList();
    }

    private FeatureStatus status(String name) {
        FeatureState state = board.state(name);
        String sentence = board.feature(name).sentence(state, Locale.ROOT);
        return new FeatureStatus(name, state, sentence, board.why(name), switches.inForce(name));
    }

    /** The fifty newest changes of features, newest first; a thousand are kept in the store. */
    public List<FeatureChange> history() {
        return chronicle.history();
    }

    /**
     * Turns a feature off, at once here and within a second elsewhere; audited in the same transaction. Takes the place of
     * an earlier switch of it.
     *
     * @param reason 1 to 500 characters on one line, for operators
     * @param lasts 1 second to 366 days; empty when it stays off until somebody turns it on
     */
    public Switched turnOff(String feature, Actor actor, String reason, Optional<Duration> lasts) {
        if (!board.has(feature)) {
            return new Switched.Unknown();
        }
        if (!isReason(reason)) {
            return new Switched.Invalid("reason", "must be one line of 1 to " + LONGEST_REASON + " characters");
        }
        if (lasts.filter(each -> each.toSeconds() < 1 || each.compareTo(LONGEST_OFF) > 0)
                .isPresent()) {
            return new Switched.Invalid("lasts", "must be 1 second to 366 days");
        }
        Instant now = world.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        FeatureSwitch change = new FeatureSwitch(feature, actor.toString(), reason.strip(), now, lasts.map(now::plus));
        switches.turnOff(change, actor);
        tell(feature);
        return new Switched.Done(feature, FeatureState.OFF);
    }

    /** Ends the switch of a feature, which then stands as its needs do; audited in the same transaction. */
    public Switched turnOn(String feature, Actor actor, String reason) {
        if (!board.has(feature)) {
            return new Switched.Unknown();
        }
        if (!isReason(reason)) {
            return new Switched.Invalid("reason", "must be one line of 1 to " + LONGEST_REASON + " characters");
        }
        FeatureState then = board.byNeeds(feature);
        boolean done = switches.turnOn(feature, reason.strip(), actor, then);
        tell(feature);
        return done ? new Switched.Done(feature, then) : new Switched.Unchanged();
    }

    private static boolean isReason(String reason) {
        return !reason.isBlank()
                && reason.length() <= LONGEST_REASON
                && reason.chars().noneMatch(Character::isISOControl);
    }

    /**
     * Reads the switches, tells of what changed and writes history: one small transaction. When the store cannot be asked,
     * what changed is told all the same, the last known switches hold, and {@link FeatureStoreException} is thrown.
     */
    public void refresh() {
        try {
            look();
        } catch (FeatureStoreException e) {
            world.meters().failed();
            throw e;
        } finally {
            board.names().forEach(this::tell);
        }
    }

    private void look() {
        long began = world.ticker().nanos();
        List<Sighting> seen = sightings.unwritten();
        boolean first = !read;
        Chronicle.Page page = switches.read(this::then, (unit, changed) -> {
            seen.forEach(unit::seen);
            return chronicle.write(unit, changed || first);
        });
        chronicle.committed(page);
        sightings.written(seen);
        readAt = began;
        read = true;
    }

    private FeatureState then(String feature) {
        return board.has(feature) ? board.byNeeds(feature) : FeatureState.UP;
    }

    private void tell(String feature) {
        boolean byHand = switches.inForce(feature).isPresent();
        chronicle.tell(feature, board.state(feature), board.why(feature), byHand);
    }

    /** Nanoseconds since the store was last read, or -1 before it ever was. */
    long ageNanos() {
        return read ? world.ticker().nanos() - readAt : -1;
    }

    Board board() {
        return board;
    }

    FeatureStore store() {
        return store;
    }

    FeatureWorld world() {
        return world;
    }

    Sightings sightings() {
        return sightings;
    }
}
