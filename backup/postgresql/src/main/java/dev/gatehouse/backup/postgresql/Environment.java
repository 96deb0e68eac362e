// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.util.List;
import java.util.Map;

/** The environment that child processes get: nothing of ours that steers them, and messages in English. */
final class Environment {

    private Environment() {}

    /** A command without any connection. */
    static ProcessBuilder bare(String... command) {
        return bare(List.of(command));
    }

    /** A command without any connection. */
    static ProcessBuilder bare(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        return builder;
    }
}
