// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.http.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The limits of the routes that name this group. Immutable. A request takes one unit from each limit by address and by
 * route at once, and the cost of the request from all others when it is known who asks; all or none each time. Groups
 * that list the same limit share its buckets: put the general limit by address into a stricter group as well, and a
 * client has one total.
 *
 * <p>An IPv6 client's /64 is surrounded by two looser ceilings, its /56 and its /48; see {@link
 * RateLimitsBuilder#networks}.
 */
public final class LimitGroup {

    private final String name;
    private final List<LimitRule> rules;
    private final Optional<InFlightLimit> inFlight;
    private final Optional<ToLongFunction<Exchange>> cost;
    private final Set<Trait> traits;

    private LimitGroup(
            String name,
            List<LimitRule> rules,
            Optional<InFlightLimit> inFlight,
            Optional<ToLongFunction<Exchange>> cost,
            Set<Trait> traits) {
        this.name = name;
        this.rules = List.copyOf(rules);
        this.inFlight = inFlight;
        this.cost = cost;
        this.traits = Set.copyOf(traits);
        requireDifferentNames();
    }

    /**
     * A group without limits yet; it needs one by address before it can be used.
     *
     * @param name what {@link dev.gatehouse.http.Route#limitGroup()} says
     */
    public static LimitGroup named(String name) {
        return new LimitGroup(name, List.of(), Optional.empty(), Optional.empty(), Set.of());
    }

    /** A copy with these limits by client address, instead of any earlier ones; several are several windows at once. */
    public LimitGroup byAddress(Limit... limits) {
        return with(new LimitRule(CallerKey.ADDRESS, List.of(limits)));
    }

    /** A copy with these limits by account, instead of any earlier ones. */
    public LimitGroup byAccount(Limit... limits) {
        return with(new LimitRule(CallerKey.ACCOUNT, List.of(limits)));
    }

    /** A copy with these limits by API key, for requests that come with one, instead of any earlier ones. */
    public LimitGroup byApiKey(Limit... limits) {
        return with(new LimitRule(CallerKey.API_KEY, List.of(limits)));
    }

    /** A copy with these limits by session, for requests that come with one, instead of any earlier ones. */
    public LimitGroup bySession(Limit... limits) {
        return with(new LimitRule(CallerKey.SESSION, List.of(limits)));
    }

    /**
     * A copy with these limits by whatever {@code key} finds in the request, such as a tenant; a request of which it finds
     * nothing is not counted by them. It runs when it is known who asks, and only a digest of what it finds is kept.
     *
     * @param what a word for people, one rule for each
     */
    public LimitGroup by(String what, Function<Exchange, Optional<String>> key, Limit... limits) {
        return with(new LimitRule(new FoundKey(what, key), List.of(limits)));
    }

    /**
     * A copy with these ceilings for all clients of a route together, instead of any earlier ones: against attackers with
     * many addresses. Put them well above what all honest clients do, for who drains one shuts everybody out; the answer
     * is then 503, since no client did too much by itself.
     */
    public LimitGroup byRoute(Limit... limits) {
        return with(new LimitRule(CallerKey.ROUTE, List.of(limits)));
    }

    /** A copy in which each account, or address of a stranger, has so many requests in flight at most. */
    public LimitGroup inFlight(InFlightLimit limit) {
        return new LimitGroup(name, rules, Optional.of(limit), cost, traits);
    }

    /**
     * A copy in which a request costs what {@code units} says, instead of {@link dev.gatehouse.http.Route#cost()}: 0 is
     * free, and more than a bucket holds counts as a full one, for it could never be admitted.
     */
    public LimitGroup cost(ToLongFunction<Exchange> units) {
        return new LimitGroup(name, rules, inFlight, Optional.of(units), traits);
    }

    /**
     * A copy that is marked as guarding what attackers want to repeat: routes that sign in, send mail or register. The
     * readiness report demands that such a group is much stricter than the default.
     */
    public LimitGroup asStrict() {
        return marked(Trait.STRICT);
    }

    /** A copy that counts what it would have refused, and refuses nothing: to try limits out on real requests. */
    public LimitGroup dryRun() {
        return marked(Trait.DRY_RUN);
    }

    /** What routes name. */
    public String name() {
        return name;
    }

    /** The limits by client address. */
    public List<Limit> byAddress() {
        return limits(CallerKey.ADDRESS);
    }

    /** The limits by account. */
    public List<Limit> byAccount() {
        return limits(CallerKey.ACCOUNT);
    }

    /** How many requests may be in flight, if that is limited. */
    public Optional<InFlightLimit> inFlight() {
        return inFlight;
    }

    /** Whether it guards what attackers want to repeat. */
    public boolean isStrict() {
        return traits.contains(Trait.STRICT);
    }

    /** Whether it only counts. */
    public boolean isDryRun() {
        return traits.contains(Trait.DRY_RUN);
    }

    List<LimitRule> rules() {
        return rules;
    }

    Optional<ToLongFunction<Exchange>> cost() {
        return cost;
    }

    List<Limit> limits(KeySource key) {
        return rules.stream()
                .filter(rule -> rule.key().equals(key))
                .findFirst()
                .map(LimitRule::limits)
                .orElse(List.of());
    }

    /** Every limit of every rule. */
    Stream<Limit> limits() {
        return rules.stream().flatMap(rule -> rule.limits().stream());
    }

    private LimitGroup with(LimitRule rule) {
        List<LimitRule> changed = new ArrayList<>(rules);
        changed.removeIf(old -> old.key().equals(rule.key()));
        if (!rule.limits().isEmpty()) {
            changed.add(rule);
        }
        return new LimitGroup(name, changed, inFlight, cost, traits);
    }

    private LimitGroup marked(Trait trait) {
        Set<Trait> marked =
                Stream.concat(traits.stream(), Stream.of(trait)).collect(java.util.stream.Collectors.toSet());
        return new LimitGroup(name, rules, inFlight, cost, marked);
    }

    /** A client could not tell two limits of one name apart. */
    private void requireDifferentNames() {
        List<String> names = Stream.concat(limits().map(Limit::name), inFlight.map(InFlightLimit::name).stream())
                .toList();
        if (Set.copyOf(names).size() < names.size()) {
            throw new IllegalArgumentException(
                    "ratelimit.group." + name + ": the limits were " + names + " but their names must differ");
        }
    }

    private enum Trait {
        STRICT,
        DRY_RUN
    }
}
