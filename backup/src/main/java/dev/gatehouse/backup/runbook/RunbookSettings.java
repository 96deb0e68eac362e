// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.runbook;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a runbook says that only people know. Nothing in it is secret: it says where the key lies, never what it is.
 *
 * @param service what is restored, by the name people know
 * @param places where things lie
 * @param recoveryTime how long a restore may take, as was promised
 * @param recoveryPoint how much may be lost at most, as was promised
 * @param people who is called, decides and knows, a line each; at least one
 * @param start the commands that start the application on what was restored, a line each; {@code $TARGET} is its folder
 */
public record RunbookSettings(
        String service,
        Places places,
        Duration recoveryTime,
        Duration recoveryPoint,
        List<String> people,
        List<String> start) {

    /** Refuses what would leave the reader alone. */
    public RunbookSettings {
        people = List.copyOf(people);
        start = List.copyOf(start);
        if (service.isBlank() || people.isEmpty() || recoveryTime.isNegative() || recoveryPoint.isNegative()) {
            throw new IllegalArgumentException("backup.runbook: service was '" + service + "' with " + people.size()
                    + " people, but it needs a name, at least one of them, and times that are not negative");
        }
    }

    /**
     * Where things lie, as whoever restores reaches them.
     *
     * @param store the store, as the command takes it: a directory or an address
     * @param keyFile the copy of the key file; empty text when a passphrase is asked for instead
     * @param command the jar of the restore command
     * @param marks the folder of the high-water marks; empty text when it went with the server
     * @param environment what the store's address needs in the environment and is no secret, such as a region
     */
    public record Places(String store, String keyFile, String command, String marks, Map<String, String> environment) {

        /** Freezes a copy; refuses names that no shell knows. */
        public Places {
            environment = Map.copyOf(environment);
            environment.keySet().stream()
                    .filter(name -> !name.matches("[A-Z][A-Z0-9_]*"))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException(
                                "backup.runbook: variable was '" + name + "' but must be capitals, digits and _");
                    });
        }

        /** Places that need nothing in the environment. */
        public Places(String store, String keyFile, String command, String marks) {
            this(store, keyFile, command, marks, Map.of());
        }
    }
}
