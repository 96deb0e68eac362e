// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A program that runs to its end within a time. It and all its descendants are killed when the time is over or the caller
 * is interrupted. Of its output 16 MiB are kept, of its complaints the last 20 lines.
 */
final class Child {

    private static final int MOST_OUTPUT = 16 << 20;
    private static final int MOST_COMPLAINTS = 20;
    private static final int LONGEST_LINE = 1_000;

    private final String program;
    private final Process process;
    private final Consumer<String> listener;
    private final Predicate<String> harmless;
    private final Deque<String> complaints = new ArrayDeque<>();

    private Child(ProcessBuilder command, Consumer<String> listener, Predicate<String> harmless) throws IOException {
        this.program = String.valueOf(Path.of(command.command().get(0)).getFileName());
        this.listener = listener;
        this.harmless = harmless;
        this.process = command.start();
        process.getOutputStream().close();
    }

    /** Its output; throws unless it exits with 0 in time and complains of nothing. */
    static String run(ProcessBuilder command, Duration timeout) throws IOException {
        return run(command, timeout, line -> {}, line -> false);
    }

    /** Its output, while {@code listener} hears each line of its standard error; those that are harmless are no complaints. */
    static String run(ProcessBuilder command, Duration timeout, Consumer<String> listener, Predicate<String> harmless)
            throws IOException {
        Child child = new Child(command, listener, harmless);
        try {
            return child.end(timeout);
        } finally {
            child.kill();
        }
    }

    private String end(Duration timeout) throws IOException {
        long deadline = System.nanoTime() + timeout.toNanos();
        FutureTask<String> output = begin("stdout", new FutureTask<>(this::output));
        FutureTask<Void> errors = begin("stderr", new FutureTask<>(this::listen, null));
        try {
            String text = output.get(left(deadline), TimeUnit.NANOSECONDS);
            errors.get(left(deadline), TimeUnit.NANOSECONDS);
            if (!process.waitFor(left(deadline), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            requireSuccess();
            return text;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup.postgresql: interrupted while " + program + " ran");
        } catch (TimeoutException e) {
            throw new IOException("backup.postgresql: " + program + " did not end within " + timeout + told(), e);
        } catch (ExecutionException e) {
            throw new IOException("backup.postgresql: " + program + " was not understood: " + e.getCause(), e);
        }
    }

    /** Looking for descendants reads the table of all processes, for nothing when it has ended. */
    private void kill() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private <T> FutureTask<T> begin(String stream, FutureTask<T> task) {
        Thread thread = new Thread(task, "gatehouse-backup-" + program + "-" + stream);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }

    private String output() throws IOException {
        try (InputStream in = process.getInputStream()) {
            byte[] bytes = in.readNBytes(MOST_OUTPUT + 1);
            if (bytes.length > MOST_OUTPUT) {
                throw new IOException("its output is longer than " + MOST_OUTPUT + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hear(line.substring(0, Math.min(LONGEST_LINE, line.length())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void hear(String line) {
        if (!line.isBlank() && !harmless.test(line)) {
            complaints.add(line.strip());
            if (complaints.size() > MOST_COMPLAINTS) {
                complaints.removeFirst();
            }
        }
        listener.accept(line);
    }

    private void requireSuccess() throws IOException {
        if (process.exitValue() != 0 || !complaints().isEmpty()) {
            throw new IOException("backup.postgresql: " + program + " exited with " + process.exitValue() + told());
        }
    }

    private String told() {
        List<String> said = complaints();
        return said.isEmpty() ? "" : ": " + String.join("; ", said);
    }

    private synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }
}
