// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.List;
import java.util.Set;

/**
 * A configuration that was read and is whole. Immutable and thread-safe.
 *
 * @param <T> the settings record
 */
public final class Loaded<T extends Record> {

    private final T settings;
    private final Definition<T> definition;
    private final Profile profile;
    private final Set<String> allowed;
    private final List<String> refused;

    Loaded(T settings, Definition<T> definition, Profile profile, Set<String> allowed, List<String> refused) {
        this.settings = settings;
        this.definition = definition;
        this.profile = profile;
        this.allowed = Set.copyOf(allowed);
        this.refused = List.copyOf(refused);
    }

    /** The values. */
    public T settings() {
        return settings;
    }

    /** What the application runs for. */
    public Profile profile() {
        return profile;
    }

    /**
     * Whether something that production refuses may be done: always in development, in production only when the operator
     * allowed it by {@code name}. Throws {@link IllegalArgumentException} for a name that the configuration does not
     * declare.
     */
    public boolean allows(String name) {
        if (!definition.refusalNames().contains(name)) {
            throw new IllegalArgumentException("configuration: '" + name + "' is no declared refusal");
        }
        return profile == Profile.DEVELOPMENT || allowed.contains(name);
    }

    /**
     * The names of what production refuses and this configuration holds nonetheless: in production because each is allowed
     * by name, in development because nothing is refused there. For the readiness report.
     */
    public List<String> tolerated() {
        return refused;
    }

    /** The name of every variable. */
    public List<String> variables() {
        return definition.variables().map(Variable::name).toList();
    }

    /** The names of variables whose meaning the record does not describe. */
    public List<String> undescribed() {
        return definition
                .variables()
                .filter(variable -> variable.setting().doc().isBlank())
                .map(Variable::name)
                .toList();
    }
}
