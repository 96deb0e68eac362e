// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import java.util.List;

/**
 * What became of checking a request body.
 *
 * @param <T> what a valid body is made into
 */
public sealed interface Checked<T> {

    /** Every rule holds. */
    record Valid<T>(T value) implements Checked<T> {}

    /** At least one rule is broken. */
    record Invalid<T>(List<FieldError> errors) implements Checked<T> {

        /** Keeps a copy of the list. */
        public Invalid {
            errors = List.copyOf(errors);
        }
    }
}
