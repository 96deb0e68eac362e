// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.fault;

import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Optional;

/**
 * What happens to a call that a fault strikes. Three kinds happen where the call is made; the others need a real connection
 * and happen in a {@link FaultProxy}. Immutable.
 */
public sealed interface FaultKind {

    /** For people, configuration and meters. */
    String word();

    /** Whether it happens on a connection, in a {@link FaultProxy}. */
    default boolean onTheWire() {
        return true;
    }

    /** The call fails at once with {@link InjectedFaultException}. */
    static FaultKind error() {
        return new Thrown(InjectedFaultException.class);
    }

    /** The call fails at once with this exception, which must have a public constructor for a message. */
    static FaultKind exception(Class<? extends Exception> type) {
        return new Thrown(type);
    }

    /** The call waits until the fault is over or its thread is interrupted. */
    static FaultKind hang() {
        return new Hang();
    }

    /** Nobody listens where the dependency was, and its connections are cut. */
    static FaultKind refuse() {
        return new Refuse();
    }

    /** The connection is reset when the answer comes: the request has been received, and nobody learns of it. */
    static FaultKind reset() {
        return new Reset();
    }

    /** The answer ends, and the connection with it, after so many bytes; 0 to 1,000,000. */
    static FaultKind partial(int bytes) {
        return new Partial(bytes);
    }

    /** The answer stops after so many bytes, 0 to 1,000,000, and goes on when the fault is over. */
    static FaultKind stall(int bytes) {
        return new Stall(bytes);
    }

    /** The answer comes at so many bytes a second, 1 to 1,000,000. */
    static FaultKind trickle(int bytesPerSecond) {
        return new Trickle(bytesPerSecond);
    }

    /** The words that {@link #of(String)} knows. */
    List<String> WORDS = List.of("error", "hang", "refuse", "reset", "partial", "stall", "trickle");

    /** The kind of this word, with numbers that hurt: 20 bytes of an answer, 10 bytes a second. */
    static Optional<FaultKind> of(String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "error" -> error();
                    case "hang" -> hang();
                    case "refuse" -> refuse();
                    case "reset" -> reset();
                    case "partial" -> partial(20);
                    case "stall" -> stall(20);
                    case "trickle" -> trickle(10);
                    default -> null;
                });
    }

    /**
     * The call fails at once.
     *
     * @param type with what
     */
    record Thrown(Class<? extends Exception> type) implements FaultKind {

        /** Refuses an exception that could not be made when the time comes. */
        public Thrown {
            if (type != InjectedFaultException.class) {
                constructor(type);
            }
        }

        @Override
        public String word() {
            return type == InjectedFaultException.class ? "error" : "exception";
        }

        @Override
        public boolean onTheWire() {
            return false;
        }

        Exception make(String dependency) {
            if (type == InjectedFaultException.class) {
                return new InjectedFaultException(dependency);
            }
            try {
                return constructor(type).newInstance(InjectedFaultException.message(dependency));
            } catch (ReflectiveOperationException e) {
                return new InjectedFaultException(dependency, e);
            }
        }

        private static Constructor<? extends Exception> constructor(Class<? extends Exception> type) {
            try {
                return type.getConstructor(String.class);
            } catch (NoSuchMethodException e) {
                throw new IllegalArgumentException(
                        "resilience.faults.exception: was " + type.getName()
                                + " but must have a public constructor for a message",
                        e);
            }
        }
    }

    /** The call waits until the fault is over. */
    record Hang() implements FaultKind {

        @Override
        public String word() {
            return "hang";
        }

        @Override
        public boolean onTheWire() {
            return false;
        }
    }

    /** Nobody listens. */
    record Refuse() implements FaultKind {

        @Override
        public String word() {
            return "refuse";
        }
    }

    /** The connection is reset instead of an answer. */
    record Reset() implements FaultKind {

        @Override
        public String word() {
            return "reset";
        }
    }

    /**
     * The answer ends early.
     *
     * @param bytes after so many
     */
    record Partial(int bytes) implements FaultKind {

        /** Refuses a number out of bounds. */
        public Partial {
            require("partial", bytes, 0);
        }

        @Override
        public String word() {
            return "partial";
        }
    }

    /**
     * The answer stops, and goes on when the fault is over.
     *
     * @param bytes after so many
     */
    record Stall(int bytes) implements FaultKind {

        /** Refuses a number out of bounds. */
        public Stall {
            require("stall", bytes, 0);
        }

        @Override
        public String word() {
            return "stall";
        }
    }

    /**
     * The answer comes slowly.
     *
     * @param bytesPerSecond so slowly
     */
    record Trickle(int bytesPerSecond) implements FaultKind {

        /** Refuses a number out of bounds. */
        public Trickle {
            require("trickle", bytesPerSecond, 1);
        }

        @Override
        public String word() {
            return "trickle";
        }
    }

    private static void require(String place, int value, int least) {
        if (value < least || value > 1_000_000) {
            throw new IllegalArgumentException(
                    "resilience.faults." + place + ": was " + value + " but must be " + least + " to 1000000");
        }
    }
}
