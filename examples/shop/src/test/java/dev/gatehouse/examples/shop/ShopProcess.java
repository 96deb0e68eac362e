// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The shop in a process of its own, to be ended as processes are. */
final class ShopProcess implements AutoCloseable {

    private static final String OPEN = "Corner Shop is open at ";

    private final Process process;
    private final Path errors;
    private final List<String> output = new ArrayList<>();
    private final CompletableFuture<URI> url = new CompletableFuture<>();

    private ShopProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        Thread reader = new Thread(this::read, "shop-output");
        reader.setDaemon(true);
        reader.start();
    }

    static ShopProcess start(Path data, Map<String, String> variables, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("shop", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(errors.toFile()).redirectInput(new File("/dev/null"));
        builder.environment().keySet().removeIf(name -> name.startsWith("SHOP_"));
        builder.environment().putAll(OpenShop.variables(data));
        builder.environment().putAll(variables);
        return new ShopProcess(builder.start(), errors);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
            }
        } catch (IOException e) {
            keep("output ended: " + e);
        }
        url.completeExceptionally(new IllegalStateException("the shop ended before it opened"));
    }

    private synchronized void keep(@Nullable String line) {
        output.add(String.valueOf(line));
        if (line != null && line.startsWith(OPEN)) {
            url.complete(URI.create(line.substring(OPEN.length()).replace("localhost", "127.0.0.1")));
        }
    }

    synchronized List<String> output() {
        return List.copyOf(output);
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** The open shop's URL. */
    URI url() throws Exception {
        try {
            return url.get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("not open: " + output() + errors(), e);
        }
    }

    ShopClient client() throws Exception {
        return new ShopClient(url());
    }

    /** SIGTERM, without closing the streams as {@link Process#destroy} does. */
    void terminate() {
        if (!process.toHandle().destroy()) {
            throw new AssertionError("the shop cannot be told to end");
        }
    }

    /** SIGKILL, and its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the shop does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
