// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns the text of one variable into its value, by type and rules. */
final class Values {

    private final Variable variable;
    private final Setting setting;

    Values(Variable variable) {
        this.variable = variable;
        this.setting = variable.setting();
    }

    /** The value, of the component's type; throws {@link IllegalArgumentException} whose message is the broken rule. */
    Object of(String text) {
        return switch (variable.form()) {
            case ONE -> one(text);
            case PERHAPS -> Optional.of(one(text));
            case LIST -> list(text);
        };
    }

    /** The value when nothing is set and there is no default. */
    Object none() {
        return variable.form() == Variable.Form.LIST ? List.of() : Optional.empty();
    }

    /** The rule that {@code text} breaks, if any. */
    Optional<String> problemOf(String text) {
        try {
            of(text);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(rule(e));
        }
    }

    private String rule(RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        boolean ours = message.startsWith("must ");
        return ours ? message : "must be a " + variable.type().getSimpleName() + ": " + Redaction.plain(message);
    }

    private List<Object> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .map(this::one)
                .toList();
    }

    private Object one(String text) {
        require(setting.pattern().isEmpty() || Pattern.matches(setting.pattern(), text), "match " + setting.pattern());
        Object value =
                setting.base64() ? Secret.of(decoded(text)) : variable.parser().apply(text);
        if (value instanceof String || value instanceof Secret) {
            requireLength(value);
        }
        if (!setting.min().isEmpty()) {
            require(compare(value, setting.min()) >= 0, "be at least " + setting.min());
        }
        if (!setting.max().isEmpty()) {
            require(compare(value, setting.max()) <= 0, "be at most " + setting.max());
        }
        return value;
    }

    private void requireLength(Object value) {
        boolean secret = value instanceof Secret;
        int length = value instanceof Secret bytes
                ? bytes.length()
                : value.toString().length();
        String unit = secret ? " bytes long" : " characters long";
        require(length >= setting.minLength(), "be at least " + setting.minLength() + unit);
        require(length <= setting.maxLength(), "be at most " + setting.maxLength() + unit);
    }

    // The annotation can only speak text, so its bounds are read by the type's own parser.
    @SuppressWarnings("unchecked")
    private int compare(Object value, String bound) {
        return ((Comparable<Object>) value).compareTo(variable.parser().apply(bound));
    }

    private static byte[] decoded(String text) {
        byte[] standard = text.replace('-', '+').replace('_', '/').getBytes(StandardCharsets.US_ASCII);
        try {
            return Base64.getDecoder().decode(standard);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be Base64", e);
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("must " + rule);
        }
    }
}
