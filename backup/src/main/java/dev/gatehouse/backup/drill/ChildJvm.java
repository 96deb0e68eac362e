// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.drill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * An application in a JVM of its own: the same {@code java}, the same class path, but none of this process's environment
 * beyond {@code PATH}, {@code HOME}, {@code LANG} and {@code TZ}, so that nothing that steers the running application, nor any
 * of its secrets, reaches the copy by itself. Of its output the last 100 lines are kept. It is killed with everything it
 * started when this is closed, and it ends by itself when this process ends, however that happens. Thread-safe.
 */
public final class ChildJvm implements AutoCloseable {

    private static final int MOST_LINES = 100;
    private static final int LONGEST_LINE = 2_000;
    private static final long END_SECONDS = 10;

    private final Process process;
    private final Deque<String> lines = new ArrayDeque<>();
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private ChildJvm(Process process, Pattern readyLine) {
        this.process = process;
        Thread listener = new Thread(() -> listen(readyLine), "gatehouse-drill-output");
        listener.setDaemon(true);
        listener.start();
    }

    /** A child that runs {@code mainClass}. */
    public static Builder of(Class<?> mainClass) {
        return new Builder(mainClass.getName());
    }

    private void listen(Pattern readyLine) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                keep(line.substring(0, Math.min(LONGEST_LINE, line.length())));
                if (readyLine.matcher(line).find()) {
                    ready.complete(line);
                }
            }
        } catch (IOException e) {
            keep("its output ended: " + e);
        }
        ready.completeExceptionally(new IOException("it ended its output"));
    }

    private synchronized void keep(String line) {
        lines.add(line);
        if (lines.size() > MOST_LINES) {
            lines.removeFirst();
        }
    }

    private String awaitReady(Duration timeout) throws IOException, InterruptedException {
        try {
            return ready.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the application did not say within " + timeout + " that it is open" + told(), e);
        } catch (ExecutionException e) {
            String end = process.waitFor(END_SECONDS, TimeUnit.SECONDS)
                    ? "exited with " + process.exitValue()
                    : "closed its output";
            throw new IOException("the application " + end + " before it was open" + told(), e);
        }
    }

    /** The line that said that it is open. */
    public String readyLine() {
        return ready.getNow("");
    }

    /** The last lines of its output and errors. */
    public synchronized List<String> output() {
        return List.copyOf(lines);
    }

    private String told() {
        List<String> last = output();
        List<String> few = last.subList(Math.max(0, last.size() - 5), last.size());
        return few.isEmpty() ? ", and said nothing" : ": " + String.join(" | ", few);
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it and everything that it started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Builds and starts a {@link ChildJvm}. */
    public static final class Builder {

        private static final List<String> INHERITED = List.of("PATH", "HOME", "LANG", "TZ");

        private final String mainClass;
        private final List<String> options = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new TreeMap<>();
        private Pattern readyLine = Pattern.compile("");
        private Duration startWithin = Duration.ofSeconds(60);

        private Builder(String mainClass) {
            this.mainClass = mainClass;
        }

        /** Options of the JVM, as {@code -Xmx256m}. */
        public Builder options(String... options) {
            this.options.addAll(List.of(options));
            return this;
        }

        /** Arguments of the application. */
        public Builder arguments(String... arguments) {
            this.arguments.addAll(List.of(arguments));
            return this;
        }

        /** Variables of its environment, where secrets belong rather than in arguments. */
        public Builder environment(Map<String, String> variables) {
            this.environment.putAll(variables);
            return this;
        }

        /** The line of output that says that it is open; by default any line does. */
        public Builder readyLine(Pattern readyLine) {
            this.readyLine = readyLine;
            return this;
        }

        /** How long it may take to say so; 60 seconds by default. */
        public Builder startWithin(Duration startWithin) {
            this.startWithin = startWithin;
            return this;
        }

        /** Starts it in {@code folder} and waits until it is open; one that is not in time, or ends before, is killed. */
        public ChildJvm start(Path folder) throws IOException, InterruptedException {
            ProcessBuilder builder =
                    new ProcessBuilder(command()).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().keySet().removeIf(name -> !INHERITED.contains(name));
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            builder.environment().putAll(environment);
            ChildJvm child = new ChildJvm(builder.start(), readyLine);
            boolean open = false;
            try {
                child.awaitReady(startWithin);
                open = true;
                return child;
            } finally {
                if (!open) {
                    child.close();
                }
            }
        }

        private List<String> command() {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.add(Leash.class.getName());
            command.add(mainClass);
            command.addAll(arguments);
            return command;
        }
    }
}
