// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.config.ConfigException;
import dev.gatehouse.config.Sources;
import dev.gatehouse.examples.shop.config.RootSecret;
import dev.gatehouse.examples.shop.config.ShopConfig;
import dev.gatehouse.examples.shop.ops.OperatorTicket;
import dev.gatehouse.examples.shop.ops.ReadinessHandler;
import dev.gatehouse.observability.log.Logging;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** The release gate as a command: prints the readiness report, and exits 1 when anything reaches the fail level. */
final class ReadinessCommand {

    private static final int FAILED = 1;
    private static final int USAGE = 64;
    private static final Duration TIMEOUT = Duration.ofSeconds(40);

    private final ReadinessOptions options;

    private ReadinessCommand(ReadinessOptions options) {
        this.options = options;
    }

    static int run(List<String> arguments) {
        try {
            ReadinessCommand command = new ReadinessCommand(ReadinessOptions.parse(arguments));
            return command.run(ShopConfig.definition().load(Sources.system()).settings());
        } catch (ConfigException e) {
            System.err.println(e.getMessage());
            return ConfigException.EXIT_CODE;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        } catch (IOException | RuntimeException e) {
            System.err.println("No report: " + (e.getMessage() == null ? e : e.getMessage()));
            return FAILED;
        }
    }

    private int run(ShopConfig config) throws IOException {
        try (Logging logs = Logs.aside(config)) {
            return options.url().isPresent() ? ask(config, options.url().get()) : examine(config, logs);
        }
    }

    /** The report of a running shop, which is asked with a ticket under the root secret that both hold. */
    private int ask(ShopConfig config, URI shop) throws IOException {
        OperatorTicket tickets = new OperatorTicket(
                config.secret().orElseGet(() -> RootSecret.keptIn(config.data(), new SecureRandom())),
                InstantSource.system());
        String level = options.failLevel().name().toLowerCase(Locale.ROOT);
        URI report = shop.resolve("/ops/readiness/report?format=" + options.format() + "&fail-level=" + level);
        HttpRequest request = HttpRequest.newBuilder(report)
                .timeout(TIMEOUT)
                .header(OperatorTicket.HEADER, tickets.issue())
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() != 200) {
            throw new IOException(shop + " answered " + response.statusCode() + ": is it started with another secret?");
        }
        System.out.println(response.body());
        return response.headers()
                .firstValue(ReadinessHandler.EXIT_CODE)
                .map(Integer::parseInt)
                .orElse(FAILED);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The report of an instance of its own, which is thrown away with its copy of the data. */
    private int examine(ShopConfig config, Logging logs) throws IOException {
        try (Trial trial = Trial.of(config, logs)) {
            ReadinessHandler.Rendered rendered =
                    ReadinessHandler.render(trial.shop().report(), options.format(), options.failLevel());
            System.out.println(rendered.text());
            return rendered.exitCode();
        }
    }
}
