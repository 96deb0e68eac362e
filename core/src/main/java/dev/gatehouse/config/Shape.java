// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.List;
import java.util.stream.Stream;

/** What a settings record consists of: variables, and records of them. */
sealed interface Shape {

    /** Every variable in it, in the order of the components. */
    Stream<Variable> variables();

    /** A component that is one variable. */
    record Leaf(Variable variable) implements Shape {
        @Override
        public Stream<Variable> variables() {
            return Stream.of(variable);
        }
    }

    /**
     * A component that is a record, or the settings record itself.
     *
     * @param prefix what its variables' names begin with, {@code SHOP_S3_}
     * @param type the record
     * @param optional whether it is there only when one of its variables is set
     * @param parts its components
     */
    record Group(String prefix, Class<?> type, boolean optional, List<Shape> parts) implements Shape {
        @Override
        public Stream<Variable> variables() {
            return parts.stream().flatMap(Shape::variables);
        }
    }
}
