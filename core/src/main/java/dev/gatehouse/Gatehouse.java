// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import java.util.List;

/** The chosen gates, wired together. */
public final class Gatehouse {

    private final List<Gate> gates;

    private Gatehouse(List<Gate> gates) {
        this.gates = gates;
    }

    /** The facade of these gates, sinks first: it starts them in this order and closes them in reverse. */
    public static Gatehouse of(Gate... gates) {
        return new Gatehouse(List.of(gates));
    }

    /** The gates, in the order given. */
    public List<Gate> gates() {
        return gates;
    }
}
