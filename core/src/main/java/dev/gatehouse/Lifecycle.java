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

/**
 * Starts gates in the order given, and drains and closes them in reverse. Thread-safe: each of the three waits for another
 * one in progress, and a start that is overtaken by a close goes no further than the gate it is at.
 */
final class Lifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final List<Gate> gates;
    private final Deque<Gate> started = new ArrayDeque<>();
    private volatile boolean closing;

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
    synchronized void start() {
        for (Gate gate : gates) {
            try {
                requireWanted();
                gate.start();
            } catch (RuntimeException | Error e) {
                close();
                throw new StartException(gate.name(), e);
            }
            started.push(gate);
        }
    }

    private void requireWanted() {
        if (closing) {
            throw new IllegalStateException("closed while starting");
        }
    }

    /** Lets every started gate finish its work, the last one first. One that fails does not keep the others from it. */
    synchronized void drain(Deadline until) {
        for (Gate gate : started) {
            try {
                gate.drain(until);
            } catch (Throwable e) { // a class that cannot be loaded any more, for one
                LOG.error("gate '{}' did not drain", gate.name(), e);
            }
        }
    }

    /** Closes every started gate, the last one first. One that fails does not keep the others from it. */
    void close() {
        closing = true;
        closeStarted();
    }

    private synchronized void closeStarted() {
        while (!started.isEmpty()) {
            Gate gate = started.pop();
            try {
                gate.close();
            } catch (Throwable e) { // as above
                LOG.error("gate '{}' did not close", gate.name(), e);
            }
        }
    }
}
