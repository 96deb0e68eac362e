// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import dev.gatehouse.config.Config.NamedRefusal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Everything that is known before a source is read.
 *
 * @param prefix with its underscore, {@code SHOP_}
 * @param type the settings record
 * @param shape what it consists of
 * @param reserved the variables of the configuration itself, unless the record has them
 * @param refusals those that the application declares
 */
record Definition<T extends Record>(
        String prefix, Class<T> type, Shape.Group shape, List<Variable> reserved, List<NamedRefusal<T>> refusals) {

    static <T extends Record> Definition<T> of(
            String prefix, Class<T> type, Parsers parsers, List<NamedRefusal<T>> refusals) {
        if (!prefix.matches("[A-Z][A-Z0-9]*")) {
            throw new IllegalArgumentException("config: prefix was '" + prefix + "' but must be an upper-case word");
        }
        ShapeReader reader = new ShapeReader(prefix + "_", parsers);
        Shape.Group shape = reader.read(type);
        Set<String> declared =
                new TreeSet<>(shape.variables().map(Variable::name).toList());
        if (declared.contains(prefix + "_ALLOW")) {
            throw new IllegalArgumentException(prefix + "_ALLOW: is declared, but is the configuration's own variable");
        }
        List<Variable> reserved = reader.read(Reserved.class)
                .variables()
                .filter(variable -> !declared.contains(variable.name()))
                .toList();
        return new Definition<>(prefix + "_", type, shape, reserved, refusals);
    }

    Stream<Variable> variables() {
        return Stream.concat(shape.variables(), reserved.stream());
    }

    Variable variable(String shortName) {
        return variables()
                .filter(each -> each.name().equals(prefix + shortName))
                .findFirst()
                .orElseThrow();
    }

    /** Every name that a source may set. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        variables().forEach(variable -> {
            names.add(variable.name());
            if (variable.secret()) {
                names.add(variable.name() + Variable.FILE);
            }
        });
        return names;
    }

    /** Every refusal that an operator may allow. */
    Set<String> refusalNames() {
        Set<String> names = new TreeSet<>();
        shape.variables()
                .forEach(variable -> Refusals.possible(variable).forEach(kind -> names.add(variable.refusal(kind))));
        refusals.forEach(refusal -> names.add(refusal.name()));
        return names;
    }

    private record Reserved(
            @Setting(
                    byDefault = "production",
                    doc = "What the application runs for: production refuses development values.")
            Profile profile,

            @Setting(
                    doc = "The names of refusals to lift, separated by commas.",
                    permits = {Refusal.LOOPBACK, Refusal.HTTP, Refusal.SANDBOX})
            List<String> allow) {}
}
