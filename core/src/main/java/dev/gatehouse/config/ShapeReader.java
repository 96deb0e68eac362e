// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import dev.gatehouse.config.Variable.Form;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads a record's components once, and refuses what could not be bound or would leak. */
final class ShapeReader {

    private static final Pattern SECRETIVE = Pattern.compile("(^|_)(PASSWORD|SECRET|TOKEN|PASSPHRASE)(_|$)");
    private static final Setting PLAIN = Plain.class.getRecordComponents()[0].getAnnotation(Setting.class);

    private final String root;
    private final Parsers parsers;

    ShapeReader(String root, Parsers parsers) {
        this.root = root;
        this.parsers = parsers;
    }

    Shape.Group read(Class<?> type) {
        Shape.Group shape = group(root, type, false);
        Set<String> names = new HashSet<>();
        shape.variables().forEach(variable -> {
            require(names.add(variable.name()), variable.name(), "is declared twice");
            boolean free = !variable.secret() || names.add(variable.name() + Variable.FILE);
            require(free, variable.name() + Variable.FILE, "is declared, but names the file of a secret already");
        });
        return shape;
    }

    private Shape.Group group(String prefix, Class<?> type, boolean optional) {
        List<Shape> parts = Arrays.stream(type.getRecordComponents())
                .map(component -> part(prefix, component))
                .toList();
        return new Shape.Group(prefix, type, optional, parts);
    }

    private Shape part(String prefix, RecordComponent component) {
        Setting found = component.getAnnotation(Setting.class);
        Setting setting = found == null ? PLAIN : found;
        String own = setting.name().isEmpty() ? Variable.conventional(component.getName()) : setting.name();
        Form form = form(component.getType());
        Class<?> type = form == Form.ONE ? component.getType() : argument(prefix + own, component.getGenericType());
        if (type.isRecord() && parsers.of(type).isEmpty()) {
            require(form != Form.LIST, prefix + own, "is a list of records, which variables cannot express");
            return group(prefix + own + "_", type, form == Form.PERHAPS);
        }
        return new Shape.Leaf(leaf(prefix + own, form, type, setting));
    }

    private Variable leaf(String name, Form form, Class<?> type, Setting setting) {
        Function<String, ?> parser = parsers.of(type)
                .orElseThrow(() -> new IllegalArgumentException(name + ": the type was " + type.getName()
                        + " but must be one that Config reads; give the builder a parser for it"));
        String shortName =
                name.substring(root.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        Variable variable = new Variable(name, shortName, form, type, setting, parser);
        boolean shown = type == String.class && SECRETIVE.matcher(name).find();
        require(!shown, name, "is a String, which is printed; declare it as Secret");
        refuseUnusable(variable);
        return variable;
    }

    private static void refuseUnusable(Variable variable) {
        Setting setting = variable.setting();
        require(setting.pattern().isEmpty() || Pattern.compile(setting.pattern()) != null, variable.name(), "");
        Values values = new Values(variable);
        for (String text : List.of(setting.byDefault(), setting.min(), setting.max())) {
            Optional<String> broken = text.isEmpty() ? Optional.empty() : values.problemOf(text);
            require(broken.isEmpty(), variable.name(), "declares '" + text + "', which " + broken.orElse(""));
        }
    }

    private static Form form(Class<?> type) {
        if (type == Optional.class) {
            return Form.PERHAPS;
        }
        return type == List.class ? Form.LIST : Form.ONE;
    }

    private static Class<?> argument(String name, Type type) {
        boolean known =
                type instanceof ParameterizedType generic && generic.getActualTypeArguments()[0] instanceof Class;
        require(known, name, "is an Optional or List whose type argument is no plain class");
        return (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0];
    }

    private static void require(boolean holds, String name, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(name + ": " + problem);
        }
    }

    private record Plain(@Setting String component) {}
}
