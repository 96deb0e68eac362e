// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse;

import dev.gatehouse.context.Deadline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts gates in the order given, and drains and closes them in reverse. Used by one thread at a time. */
final class Lifecycle {

    private static final Logger log = LoggerFactory.getLogger(Lifecycle.class);

    private final List<Gate> gates;
    private final Deque<Gate> started = new ArrayDeque<>();

    Lifecycle(List<Gate> gates) {
        this.gates = gates;
        requireUniqueNames();
    }

    private void requireUniqueNames() {
        Set<String> names = new HashSet<>();
        for (Gate gate : gates) {
            if (!names.add(gate.name())) {
                throw new IllegalArgumentException("gatehouse: two gates are named '" + gate.name() + "'");
            }
        }
    }

    /** Starts every gate, or none: when one fails, those before it are closed. */
    void start() {
        for (Gate gate : gates) {
            try {
                gate.start();
            } catch (RuntimeException | Error e) {
                close();
                throw new StartException(gate.name(), e);
            }
            started.push(gate);
        }
    }

    /** Lets every started gate finish its work, the last one first. One that fails does not keep the others from it. */
    void drain(Deadline until) {
        for (Gate gate : started) {
            try {
                gate.drain(until);
            } catch (RuntimeException e) {
                log.error("gate '{}' did not drain", gate.name(), e);
            }
        }
    }

    /** Closes every started gate, the last one first. One that fails does not keep the others from it. */
    void close() {
        while (!started.isEmpty()) {
            Gate gate = started.pop();
            try {
                gate.close();
            } catch (Exception e) {
                log.error("gate '{}' did not close", gate.name(), e);
            }
        }
    }
}
