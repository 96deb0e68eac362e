// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

/** A gate did not start. Everything that had started is closed again; the message names the gate and the reason. */
public final class StartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String gate;

    StartException(String gate, Throwable cause) {
        super("gate '" + gate + "' did not start: " + cause.getMessage(), cause);
        this.gate = gate;
    }

    /** The name of the gate that did not start. */
    public String gate() {
        return gate;
    }
}
