// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What stands on the command line: a command, and options as {@code --name=value}, {@code --name value} or, where there is
 * no value, {@code --name}. Each option once; none that the command does not know. No secret is ever one of them.
 */
final class Options {

    private static final Set<String> WITHOUT_VALUE = Set.of("dry-run", "ask-passphrase");

    private final Map<String, String> values = new LinkedHashMap<>();

    private Options() {}

    static Options read(List<String> arguments, Set<String> known) throws UsageException {
        Options options = new Options();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = option(equals < 0 ? argument : argument.substring(0, equals), known);
            String value = equals < 0 ? "" : argument.substring(equals + 1);
            if (equals < 0 && !WITHOUT_VALUE.contains(name) && i + 1 < arguments.size()) {
                i++;
                value = arguments.get(i);
            }
            if (options.values.put(name, value) != null) {
                throw new UsageException("--" + name + " is there twice");
            }
        }
        return options;
    }

    private static String option(String argument, Set<String> known) throws UsageException {
        if (!argument.startsWith("--") || !known.contains(argument.substring(2))) {
            throw new UsageException("unknown: " + printable(argument) + "; this command knows "
                    + known.stream().sorted().map(option -> "--" + option).toList());
        }
        return argument.substring(2);
    }

    static String printable(String text) {
        String cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}]", "?");
    }

    boolean has(String name) throws UsageException {
        String value = values.get(name);
        if (value != null && !value.isEmpty()) {
            throw new UsageException("--" + name + " takes no value");
        }
        return value != null;
    }

    Optional<String> find(String name) throws UsageException {
        Optional<String> value = Optional.ofNullable(values.get(name));
        if (value.isPresent() && value.get().isEmpty()) {
            throw new UsageException("--" + name + " needs a value: --" + name + "=…");
        }
        return value;
    }

    String need(String name) throws UsageException {
        return find(name).orElseThrow(() -> new UsageException("--" + name + "=… is missing"));
    }
}
