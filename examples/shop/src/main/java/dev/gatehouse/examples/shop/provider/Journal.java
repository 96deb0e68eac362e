// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A provider's memory: a file of lines, each on disk before the provider answers. A line torn by the death of the
 * process is cut off when the journal is opened again. Not thread-safe.
 */
final class Journal implements AutoCloseable {

    private final FileChannel file;
    private final List<String> lines;

    private Journal(FileChannel file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Opens the journal at {@code path}, which begins again with its newest {@code kept} lines if it has more. */
    static Journal open(Path path, int kept) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            List<String> lines = wholeLines(path);
            List<String> newest = lines.subList(Math.max(0, lines.size() - kept), lines.size());
            Path fresh = path.resolveSibling(path.getFileName() + ".new");
            FileChannel file = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
            Journal journal = new Journal(file, newest);
            journal.write(newest);
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("provider journal " + path + " cannot be opened", e);
        }
    }

    private static List<String> wholeLines(Path path) throws IOException {
        byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
        return new String(bytes, 0, endOfLastLine(bytes), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    private static int endOfLastLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    /** The lines that were there when it was opened. */
    List<String> lines() {
        return lines;
    }

    /** Appends a line without line breaks; it is on disk when this returns. */
    void append(String line) {
        try {
            write(List.of(line));
        } catch (IOException e) {
            throw new UncheckedIOException("provider journal cannot be written", e);
        }
    }

    private void write(List<String> more) throws IOException {
        String text = more.stream().map(line -> line + '\n').collect(Collectors.joining());
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(false);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
