// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The commands by name. */
final class Commands {

    private Commands() {}

    static Optional<Command> find(String name) {
        return switch (name) {
            case "list" -> Optional.of(new ListCommand());
            case "verify" -> Optional.of(new VerifyCommand());
            case "restore" -> Optional.of(new RestoreCommand());
            case "keys" -> Optional.of(new KeysCommand());
            default -> Optional.empty();
        };
    }

    /** The options of whatever opens a store, and further ones. */
    static Set<String> options(String... further) {
        Set<String> options = new HashSet<>(Access.OPTIONS);
        options.addAll(CommandKeys.OPTIONS);
        options.addAll(Set.of(further));
        return Set.copyOf(options);
    }
}
