// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request body read field by field, collecting every broken rule instead of stopping at the first. Not thread-safe.
 *
 * <p>A field that breaks its rule gives an empty placeholder and adds to {@link #errors()}; hence build the result
 * within {@link #check}, which does so only when there are no errors:
 *
 * <pre>{@code
 * JsonFields body = JsonFields.of(value);
 * String sku = body.text("sku", 1, 64);
 * long quantity = body.integer("quantity", 1, 99);
 * Checked<Order> order = body.only("sku", "quantity").check(() -> new Order(sku, quantity));
 * }</pre>
 *
 * <p>Lengths are counted in code points. Text with control characters is refused, line breaks and tabs excepted: no
 * database column and no log should have to cope with them.
 */
public final class JsonFields {

    private final Map<?, ?> members;
    private final String path;
    private final List<FieldError> errors;

    private JsonFields(Map<?, ?> members, String path, List<FieldError> errors) {
        this.members = members;
        this.path = path;
        this.errors = errors;
    }

    /** The fields of {@code value}, as {@link JsonReader} read it; an error when that is no object. */
    public static JsonFields of(@Nullable Object value) {
        List<FieldError> errors = new ArrayList<>();
        return object(value, "", errors);
    }

    private static JsonFields object(@Nullable Object value, String path, List<FieldError> errors) {
        if (value instanceof Map<?, ?> members) {
            return new JsonFields(members, path, errors);
        }
        errors.add(new FieldError(path, "must be an object"));
        return new JsonFields(Map.of(), path, errors);
    }

    /** A text that must be there, of {@code min} to {@code max} code points. */
    public String text(String name, int min, int max) {
        return text(path(name), members.get(name), min, max);
    }

    /** A text that may be missing or null; if it is there, of {@code min} to {@code max} code points. */
    public Optional<String> optionalText(String name, int min, int max) {
        return members.get(name) == null ? Optional.empty() : Optional.of(text(name, min, max));
    }

    /** A whole number that must be there, from {@code min} to {@code max}. */
    public long integer(String name, long min, long max) {
        Optional<Long> number = whole(members.get(name)).filter(value -> value >= min && value <= max);
        if (number.isEmpty()) {
            refuse(name, "must be a whole number from " + min + " to " + max);
        }
        return number.orElse(min);
    }

    /** A whole number that may be missing or null; if it is there, from {@code min} to {@code max}. */
    public Optional<Long> optionalInteger(String name, long min, long max) {
        return members.get(name) == null ? Optional.empty() : Optional.of(integer(name, min, max));
    }

    /** A number that may be missing or null; if it is there, from {@code min} to {@code max}. */
    public Optional<Double> optionalDecimal(String name, double min, double max) {
        Object value = members.get(name);
        if (value == null) {
            return Optional.empty();
        }
        double number = value instanceof Number given ? given.doubleValue() : Double.NaN;
        if (number >= min && number <= max) {
            return Optional.of(number);
        }
        refuse(name, "must be a number from " + min + " to " + max);
        return Optional.of(min);
    }

    /** A truth value that must be there. */
    public boolean bool(String name) {
        if (members.get(name) instanceof Boolean value) {
            return value;
        }
        refuse(name, "must be true or false");
        return false;
    }

    /** A list that must be there, of {@code min} to {@code max} texts of 1 to {@code maxLength} code points. */
    public List<String> texts(String name, int min, int max, int maxLength) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(name, min, max)) {
            texts.add(text(path(name) + '[' + texts.size() + ']', element, 1, maxLength));
        }
        return List.copyOf(texts);
    }

    /** A list that must be there, of {@code min} to {@code max} objects, whose errors are collected here too. */
    public List<JsonFields> objects(String name, int min, int max) {
        List<JsonFields> objects = new ArrayList<>();
        for (Object element : list(name, min, max)) {
            objects.add(object(element, path(name) + '[' + objects.size() + ']', errors));
        }
        return List.copyOf(objects);
    }

    /** An object that must be there, whose errors are collected here too. */
    public JsonFields object(String name) {
        return object(members.get(name), path(name), errors);
    }

    /** Refuses every field but these: what nobody reads, nobody may send. */
    public JsonFields only(String... names) {
        Set<String> known = Set.of(names);
        if (!known.containsAll(members.keySet())) {
            errors.add(new FieldError(path, "must have no other fields than " + String.join(", ", names)));
        }
        return this;
    }

    /** Adds a broken rule of the caller's own. */
    public void refuse(String name, String rule) {
        errors.add(new FieldError(path(name), rule));
    }

    /** Every broken rule so far, in the order the fields were read. */
    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    /** What {@code value} makes of the fields if no rule is broken so far, else the broken rules. */
    public <T> Checked<T> check(Supplier<? extends T> value) {
        return errors.isEmpty() ? new Checked.Valid<>(value.get()) : new Checked.Invalid<>(errors());
    }

    private String text(String at, @Nullable Object value, int min, int max) {
        if (value instanceof String text && isWithin(text.codePointCount(0, text.length()), min, max)) {
            return clean(at, text);
        }
        errors.add(new FieldError(at, "must be a text of " + min + " to " + max + " characters"));
        return "";
    }

    private String clean(String at, String text) {
        if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            errors.add(new FieldError(at, "must have no control characters"));
            return "";
        }
        return text;
    }

    private List<?> list(String name, int min, int max) {
        if (members.get(name) instanceof List<?> list && isWithin(list.size(), min, max)) {
            return list;
        }
        refuse(name, "must be a list of " + min + " to " + max);
        return List.of();
    }

    private static Optional<Long> whole(@Nullable Object value) {
        if (value instanceof Long number) {
            return Optional.of(number);
        }
        if (value instanceof BigDecimal number && number.stripTrailingZeros().scale() <= 0) {
            return Optional.of(number)
                    .filter(n -> n.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                    .map(BigDecimal::longValue);
        }
        return Optional.empty();
    }

    private static boolean isWithin(int count, int min, int max) {
        return count >= min && count <= max;
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + '.' + name;
    }
}
