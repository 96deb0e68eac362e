// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form as the templates show it: its fields, and what is wrong, once in a summary that takes the focus and once beside
 * the field it belongs to. Used by one thread.
 */
final class FormView {

    private final Map<String, Object> more = new HashMap<>();
    private final List<Map<String, String>> hidden = new ArrayList<>();
    private final List<Map<String, String>> links = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, String> errors = new LinkedHashMap<>();

    private FormView() {}

    /** A form that is sent to {@code action} by a button of this name. */
    static FormView to(String action, String button) {
        return new FormView()
                .with("lead", "")
                .with("username", "")
                .with("action", action)
                .with("button", button);
    }

    /** What is said before the fields. */
    FormView lead(String text) {
        return with("lead", text);
    }

    /** Whose passwords these are, for password managers: people do not see it. */
    FormView of(String account) {
        return with("username", account);
    }

    FormView hidden(String name, String value) {
        hidden.add(Map.of("name", name, "value", value));
        return this;
    }

    FormView field(Field field) {
        fields.add(field);
        return this;
    }

    /** Where else to go, after the form. */
    FormView link(String href, String text) {
        links.add(Map.of("href", href, "text", text));
        return this;
    }

    /** What is wrong with the whole of it. */
    FormView problem(String text) {
        return with("problem", text);
    }

    /** What is wrong with one field; ignored when the form has none of that name. */
    FormView error(String field, String text) {
        errors.merge(field, text, (one, other) -> one + " " + other);
        return this;
    }

    /** Something that the template shows besides. */
    FormView with(String key, Object value) {
        more.put(key, value);
        return this;
    }

    /** What the template shows. */
    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>(more);
        values.put("hidden", hidden);
        values.put("links", links);
        values.put("fields", fields.stream().map(this::model).toList());
        List<Map<String, String>> wrong = fields.stream()
                .filter(field -> errors.containsKey(field.name()))
                .map(field -> Map.of("field", field.name(), "text", errors.get(field.name())))
                .toList();
        values.put("errors", wrong);
        if (!wrong.isEmpty()) {
            values.putIfAbsent("problem", "Please look at this again:");
        }
        return values;
    }

    private Map<String, Object> model(Field field) {
        return field.error(errors.getOrDefault(field.name(), "")).model();
    }
}
