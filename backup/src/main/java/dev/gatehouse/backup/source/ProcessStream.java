// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The output of a child process. It ends only after the process exited with 0 and complained of nothing: {@code pg_dump
 * nosuchdb | zstd} ends well and leaves 13 bytes. Closing it kills the process.
 */
final class ProcessStream extends InputStream {

    private static final int MOST_COMPLAINTS = 8 << 10;
    private static final long EXIT_SECONDS = 60;

    private final String command;
    private final Process process;
    private final InputStream out;
    private final Predicate<String> harmless;
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private final Thread listener;

    private ProcessStream(String command, Process process, Predicate<String> harmless) {
        this.command = command;
        this.process = process;
        this.out = process.getInputStream();
        this.harmless = harmless;
        this.listener = new Thread(this::listen, "gatehouse-backup-stderr");
    }

    static ProcessStream start(ProcessBuilder builder, Predicate<String> harmless) throws IOException {
        Path program = Path.of(builder.command().get(0)).getFileName();
        Process process = builder.start();
        process.getOutputStream().close();
        ProcessStream stream = new ProcessStream(String.valueOf(program), process, harmless);
        stream.listener.setDaemon(true);
        stream.listener.start();
        return stream;
    }

    /** Reads all that the process complains, so that it never waits for us, and keeps the beginning. */
    private void listen() {
        byte[] buffer = new byte[1024];
        try (InputStream err = process.getErrorStream()) {
            for (int read = err.read(buffer); read >= 0; read = err.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException e) {
            byte[] why = e.toString().getBytes(StandardCharsets.UTF_8);
            keep(why, why.length);
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        complaints.write(buffer, 0, Math.min(length, MOST_COMPLAINTS - complaints.size()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = out.read(buffer, offset, length);
        if (read < 0) {
            requireSuccess();
        }
        return read;
    }

    private void requireSuccess() throws IOException {
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("backup.source: " + command + " closed its output but did not exit");
            }
            listener.join(TimeUnit.SECONDS.toMillis(EXIT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup.source: interrupted while " + command + " ended");
        }
        List<String> said = complaints();
        if (process.exitValue() != 0 || !said.stream().allMatch(harmless)) {
            throw new IOException("backup.source: " + command + " exited with " + process.exitValue()
                    + (said.isEmpty() ? "" : ": " + String.join("; ", said)));
        }
    }

    private synchronized List<String> complaints() {
        return complaints
                .toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    @Override
    public void close() throws IOException {
        // Looking for descendants reads the table of all processes, for nothing when it has ended.
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        out.close();
    }
}
