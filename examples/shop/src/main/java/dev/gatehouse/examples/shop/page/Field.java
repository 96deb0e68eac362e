// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** One input of a form, with its label; hint and error are tied to it, so that they are read out together. Immutable. */
final class Field {

    private static final String LENGTH_RULE = "At least 8 characters. A few words are easier to remember than symbols.";

    private final String name;
    private final Map<String, Object> model;

    private Field(String name, Map<String, Object> model) {
        this.name = name;
        this.model = Map.copyOf(model);
    }

    static Field text(String name, String label) {
        Map<String, Object> model = new HashMap<>(Map.of("id", name, "name", name, "label", label, "type", "text"));
        model.put("optional", false);
        for (String optional : new String[] {
            "autocomplete", "value", "hint", "error", "inputmode", "maxlength", "minlength", "min", "max"
        }) {
            model.put(optional, "");
        }
        return new Field(name, model);
    }

    /** The address that an account signs in with. */
    static Field email() {
        return text("email", "E-mail")
                .with("type", "email")
                .with("autocomplete", "username")
                .with("maxlength", 254);
    }

    static Field number(String name, String label, long min, long max) {
        return text(name, label)
                .with("type", "number")
                .with("inputmode", "numeric")
                .with("autocomplete", "off")
                .with("min", min)
                .with("max", max);
    }

    static Field currentPassword(String name, String label) {
        return text(name, label).with("type", "password").with("autocomplete", "current-password");
    }

    static Field newPassword(String name, String label) {
        return text(name, label)
                .with("type", "password")
                .with("autocomplete", "new-password")
                .with("minlength", 8)
                .hint(LENGTH_RULE);
    }

    /** A one-time password or a recovery code. */
    static Field code(String label) {
        return text("code", label).with("autocomplete", "one-time-code").with("maxlength", 40);
    }

    Field with(String key, Object value) {
        Map<String, Object> changed = new HashMap<>(model);
        changed.put(key, value);
        return new Field(name, changed);
    }

    Field hint(String text) {
        return with("hint", text);
    }

    /** What was typed before; never a password. */
    Field value(String typed) {
        return with("value", typed);
    }

    Field optional() {
        return with("optional", true);
    }

    Field error(String text) {
        return with("error", text);
    }

    /** For a page with several forms: an ID that no other form's field has. */
    Field id(String form) {
        return with("id", name + "-" + form);
    }

    String name() {
        return name;
    }

    /** What the template shows. */
    Map<String, Object> model() {
        return with("describedBy", (part("hint") + " " + part("error")).strip()).model;
    }

    private String part(String part) {
        return Objects.equals(model.get(part), "") ? "" : model.get("id") + "-" + part;
    }
}
