// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience;

import java.util.List;
import java.util.Set;

/** Dependencies that the application declared and nothing guards. */
final class Unguarded {

    private Unguarded() {}

    static List<String> problems(List<Guard> guards, Set<String> dependencies) {
        List<String> guarded = guards.stream().map(Guard::name).toList();
        return dependencies.stream()
                .filter(name -> !guarded.contains(name))
                .sorted()
                .map(name -> "the dependency '" + name + "' has no guard")
                .toList();
    }
}
