// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Binds variables to records and goes on after a problem, so that all of them are found. */
final class Binder {

    private final Lookup lookup;
    private final Judge judge;
    private final List<ConfigProblem> problems;

    Binder(Lookup lookup, Judge judge, List<ConfigProblem> problems) {
        this.lookup = lookup;
        this.judge = judge;
        this.problems = problems;
    }

    /** The value of a component; empty when there was a problem, which is noted. */
    Optional<Object> bind(Shape shape) {
        if (shape instanceof Shape.Leaf leaf) {
            return leaf(leaf.variable());
        }
        Shape.Group group = (Shape.Group) shape;
        if (group.optional() && group.variables().noneMatch(lookup::isSet)) {
            return Optional.of(Optional.empty());
        }
        Optional<Object> made = make(group);
        return group.optional() ? made.map(Optional::of) : made;
    }

    private Optional<Object> make(Shape.Group group) {
        List<Optional<Object>> parts = group.parts().stream().map(this::bind).toList();
        if (parts.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        return construct(group, parts.stream().map(Optional::orElseThrow).toArray());
    }

    private Optional<Object> construct(Shape.Group group, Object[] values) {
        try {
            return Optional.of(constructor(group.type()).newInstance(values));
        } catch (InvocationTargetException e) {
            String rule = Redaction.plain(String.valueOf(e.getTargetException().getMessage()));
            problems.add(new ConfigProblem(group.prefix() + "*", Optional.empty(), "is refused: " + rule, ""));
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(group.type().getName() + ": cannot be constructed by Config", e);
        }
    }

    static Constructor<?> constructor(Class<?> type) throws NoSuchMethodException {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor;
    }

    private Optional<Object> leaf(Variable variable) {
        Lookup.Found found = lookup.find(variable);
        if (found instanceof Lookup.Text set) {
            return value(variable, set.text(), true);
        }
        return found instanceof Lookup.Broken ? Optional.empty() : unset(variable);
    }

    private Optional<Object> unset(Variable variable) {
        if (variable.required()) {
            problems.add(new ConfigProblem(
                    variable.name(),
                    Optional.empty(),
                    "must be set",
                    variable.setting().hint()));
            return Optional.empty();
        }
        judge.unset(variable);
        String byDefault = variable.setting().byDefault();
        return byDefault.isEmpty() ? Optional.of(new Values(variable).none()) : value(variable, byDefault, false);
    }

    private Optional<Object> value(Variable variable, String text, boolean setByOperator) {
        Values values = new Values(variable);
        Optional<String> broken = values.problemOf(text);
        if (broken.isPresent()) {
            problems.add(new ConfigProblem(
                    variable.name(),
                    Optional.of(Redaction.show(variable, text)),
                    broken.get(),
                    variable.setting().hint()));
            return Optional.empty();
        }
        judge.value(variable, text, setByOperator);
        return Optional.of(values.of(text));
    }
}
