// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is put aside when it is full: {@code access.log} becomes {@code access.log.1}, that one {@code
 * access.log.2}, and the oldest goes. Each {@code write} is one line and is never split over two files. Not thread-safe.
 */
final class RotatingFile extends OutputStream {

    private final Path path;
    private final long maxBytes;
    private final int kept;
    private OutputStream out;
    private long size;

    /** Appends to the file at {@code path}; at most {@code kept} full ones are kept beside it. */
    RotatingFile(Path path, long maxBytes, int kept) throws IOException {
        this.path = path.toAbsolutePath();
        this.maxBytes = maxBytes;
        this.kept = kept;
        Files.createDirectories(this.path.getParent());
        this.out = open();
    }

    private OutputStream open() throws IOException {
        OutputStream file = Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(path);
        return new BufferedOutputStream(file, 64 * 1024);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] line, int offset, int length) throws IOException {
        if (size > 0 && size + length > maxBytes) {
            rotate();
        }
        out.write(line, offset, length);
        size += length;
    }

    private void rotate() throws IOException {
        out.close();
        for (int i = kept; i > 1; i--) {
            if (Files.exists(numbered(i - 1))) {
                Files.move(numbered(i - 1), numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(path, numbered(1), StandardCopyOption.REPLACE_EXISTING);
        out = open();
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
