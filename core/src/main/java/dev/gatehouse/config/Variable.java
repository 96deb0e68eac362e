// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * One variable, as a record's component declares it.
 *
 * @param name the whole name, {@code SHOP_SESSION_IDLE}
 * @param shortName the name as refusals call it, {@code session-idle}
 * @param form whether it is one value, perhaps one, or several
 * @param type the type of one value
 * @param setting its rules
 * @param parser reads one value
 */
record Variable(String name, String shortName, Form form, Class<?> type, Setting setting, Function<String, ?> parser) {

    /** How many values a variable holds. */
    enum Form {
        ONE,
        PERHAPS,
        LIST
    }

    /** The suffix of the variable that names the file of a secret. */
    static final String FILE = "_FILE";

    boolean secret() {
        return type == Secret.class;
    }

    boolean required() {
        return form == Form.ONE && setting.byDefault().isEmpty();
    }

    String refusal(Refusal kind) {
        return shortName + "." + kind.kind();
    }

    /** {@code sessionIdle} is {@code SESSION_IDLE}, {@code s3Url} is {@code S3_URL}. */
    static String conventional(String component) {
        return component
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
    }
}
