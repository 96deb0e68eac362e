// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Marks as one small text file a source, replaced by rename. */
final class DirectoryMarks implements HighWaterMark {

    private static final Pattern LINE =
            Pattern.compile("gatehouse-backup-mark 1 ([0-9]{1,18}) ([0-9a-f]{32}) ([0-9a-f]{64})\n");

    private final Path folder;

    private DirectoryMarks(Path folder) {
        this.folder = folder;
    }

    static DirectoryMarks open(Path folder) throws IOException {
        Durable.makeDirectories(folder);
        return new DirectoryMarks(folder.toRealPath());
    }

    @Override
    public synchronized Optional<Mark> read(String store, String source) throws IOException {
        Path file = file(store, source);
        try {
            return Optional.of(parse(file, Files.readString(file, StandardCharsets.US_ASCII)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** A mark that cannot be read is an error, never no mark: that would silence the alarm it is there for. */
    private static Mark parse(Path file, String text) throws IOException {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new IOException("backup.marks: " + file + " is damaged; look for a deleted backup, then remove it");
        }
        return new Mark(Long.parseLong(line.group(1)), line.group(2), line.group(3));
    }

    @Override
    public synchronized void raise(String store, String source, Mark mark) throws IOException {
        Optional<Mark> present = read(store, source);
        if (present.isEmpty() || mark.sequence() > present.get().sequence()) {
            replace(file(store, source), mark);
        }
    }

    private void replace(Path file, Mark mark) throws IOException {
        String line = "gatehouse-backup-mark 1 %d %s %s%n"
                .formatted(mark.sequence(), mark.backup(), mark.manifestSha256())
                .replace("\r", "");
        try (PartFile part = PartFiles.open(folder).create()) {
            part.channel().write(StandardCharsets.US_ASCII.encode(line));
            part.channel().force(true);
            Files.move(part.path(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Durable.force(folder);
        }
    }

    private Path file(String store, String source) {
        return folder.resolve(ObjectName.of(store + "-" + source + ".mark").value());
    }
}
