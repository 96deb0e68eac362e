// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.readiness.FailLevel;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What the readiness command was asked for.
 *
 * @param format {@code text}, {@code json} or {@code html}
 * @param failLevel from where on it fails
 * @param url the running shop to ask instead of an instance of its own
 */
record ReadinessOptions(String format, FailLevel failLevel, Optional<URI> url) {

    private static final List<String> FORMATS = List.of("text", "json", "html");

    /** The options of these arguments; throws {@link IllegalArgumentException} for any other. */
    static ReadinessOptions parse(List<String> arguments) {
        ReadinessOptions options = new ReadinessOptions("text", FailLevel.UNKNOWN, Optional.empty());
        for (String argument : arguments) {
            options = options.with(argument);
        }
        return options;
    }

    private ReadinessOptions with(String argument) {
        String value = argument.substring(argument.indexOf('=') + 1);
        if (argument.startsWith("--format=") && FORMATS.contains(value)) {
            return new ReadinessOptions(value, failLevel, url);
        }
        if (argument.startsWith("--fail-level=")) {
            return new ReadinessOptions(format, FailLevel.parse(value), url);
        }
        if (argument.startsWith("--url=")) {
            return new ReadinessOptions(format, failLevel, Optional.of(URI.create(value)));
        }
        throw new IllegalArgumentException("readiness: was given '" + argument
                + "' but takes --format=text|json|html, --fail-level=failed|stale|unknown and --url=URL");
    }
}
