// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import dev.gatehouse.config.Sources.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One reading of the sources: collects problems until the end, then gives settings or throws them all. */
final class Loading<T extends Record> {

    private final Definition<T> definition;
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final Lookup lookup;
    private final Set<String> names;

    Loading(Definition<T> definition, Sources sources) {
        this.definition = definition;
        this.lookup = new Lookup(sources.read(problems), problems);
        this.names = definition.names();
    }

    Loaded<T> load() {
        Set<String> allowed = allowed();
        Profile profile = profile();
        Judge judge = new Judge(profile, definition.prefix() + "ALLOW", allowed, problems);
        Binder binder = new Binder(lookup, judge, problems);
        Optional<T> settings = binder.bind(definition.shape()).map(definition.type()::cast);
        definition.reserved().forEach(variable -> binder.bind(new Shape.Leaf(variable)));
        settings.or(this::withoutBroken).ifPresent(values -> judgeByName(values, judge));
        lookup.sources().forEach(this::pointOutUnknownNames);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Loaded<>(settings.orElseThrow(), definition, profile, allowed, judge.refused());
    }

    /**
     * The settings as they would be were the broken variables not set, so that what production refuses of several together
     * is told at once too. Empty when there must be a value for one of them.
     */
    private Optional<T> withoutBroken() {
        Set<String> broken = problems.stream().map(ConfigProblem::name).collect(Collectors.toSet());
        List<ConfigProblem> known = new ArrayList<>();
        Judge silent = new Judge(Profile.DEVELOPMENT, "", Set.of(), known);
        return new Binder(lookup.without(broken), silent, known)
                .bind(definition.shape())
                .map(definition.type()::cast);
    }

    private void judgeByName(T settings, Judge judge) {
        definition.refusals().stream()
                .filter(refusal -> refusal.refused().test(settings))
                .forEach(refusal -> judge.named(refusal.name(), refusal.rule()));
    }

    // A profile that cannot be read is reported by the binding; until it is right, everything is judged as production.
    private Profile profile() {
        Variable variable = definition.variable("PROFILE");
        String text = lookup.raw(variable.name()).orElse(variable.setting().byDefault());
        return text.equalsIgnoreCase(Profile.DEVELOPMENT.name()) ? Profile.DEVELOPMENT : Profile.PRODUCTION;
    }

    private Set<String> allowed() {
        String variable = definition.prefix() + "ALLOW";
        Set<String> known = definition.refusalNames();
        Set<String> allowed = new TreeSet<>();
        Arrays.stream(lookup.raw(variable).orElse("").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(allowed::add);
        allowed.stream().filter(name -> !known.contains(name)).forEach(name -> {
            String hint = Spelling.nearest(name, known, 0)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("");
            problems.add(new ConfigProblem(
                    variable, Optional.of("'" + Redaction.plain(name) + "'"), "must name refusals that exist", hint));
        });
        return allowed;
    }

    // The environment also holds what others put there, such as a cluster's service addresses: only likely slips count.
    private void pointOutUnknownNames(Source source) {
        source.values().keySet().stream()
                .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(definition.prefix()) || source.isFile())
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name -> pointOut(name, source));
    }

    private void pointOut(String name, Source source) {
        String base = name.endsWith(Variable.FILE) ? name.substring(0, name.length() - Variable.FILE.length()) : "";
        Optional<String> nearest =
                Spelling.nearest(name, names, definition.prefix().length());
        if (names.contains(base)) {
            problem(name, source, "only a secret is read from a file; set " + base);
        } else if (nearest.isPresent() || source.isFile()) {
            problem(
                    name,
                    source,
                    nearest.map(near -> "did you mean " + near + "?").orElse("remove it"));
        }
    }

    private void problem(String name, Source source, String hint) {
        String rule = "(" + source.name() + ") is not known";
        problems.add(new ConfigProblem(Redaction.plain(name), Optional.empty(), rule, hint));
    }
}
