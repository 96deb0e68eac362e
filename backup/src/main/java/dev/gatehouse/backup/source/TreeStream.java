// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The archive of a tree, made while it is read. A file that changes meanwhile is told and marked; it is in the archive as
 * it was read.
 */
final class TreeStream extends InputStream {

    private final TreeWalk walk;
    private final TreeFacts facts;
    private final Consumer<String> warnings;
    private final ByteBuffer block = ByteBuffer.allocate(FileTree.BLOCK + 4);
    private ByteBuffer pending;
    private long entries = 1;
    private @Nullable Content content;
    private boolean ended;

    private TreeStream(TreeWalk walk, TreeEntry root, TreeFacts facts, Consumer<String> warnings) {
        this.walk = walk;
        this.facts = facts;
        this.warnings = warnings;
        facts.add(root);
        byte[] header = root.header();
        this.pending = ByteBuffer.allocate(FileTree.MAGIC.length + header.length)
                .put(FileTree.MAGIC)
                .put(header)
                .flip();
    }

    static TreeStream open(Path root, TreeFacts facts, Consumer<String> warnings) throws IOException {
        TreeWalk walk = new TreeWalk(warnings);
        boolean opened = false;
        try {
            TreeStream stream = new TreeStream(walk, walk.begin(root), facts, warnings);
            opened = true;
            return stream;
        } finally {
            if (!opened) {
                walk.close();
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (!pending.hasRemaining()) {
            if (ended) {
                return -1;
            }
            pending = content == null ? advance() : block(content);
        }
        int count = Math.min(length, pending.remaining());
        pending.get(buffer, offset, count);
        return count;
    }

    /** The next entry's header, or the end. */
    private ByteBuffer advance() throws IOException {
        for (Optional<TreeWalk.Found> found = walk.next(); found.isPresent(); found = walk.next()) {
            TreeWalk.Found next = found.get();
            if (next.entry().isFolder() || opened(next)) {
                entries++;
                facts.add(next.entry());
                return ByteBuffer.wrap(next.entry().header());
            }
        }
        ended = true;
        return ByteBuffer.allocate(9).put(FileTree.END).putLong(entries).flip();
    }

    private boolean opened(TreeWalk.Found file) throws IOException {
        try {
            content = new Content(file, file.content(), file.attributes());
            return true;
        } catch (NoSuchFileException e) {
            warnings.accept(file.entry().path() + " vanished while it was read");
            return false;
        }
    }

    /** The next bytes of a file with their count before them; a count of none and a flag at its end. */
    private ByteBuffer block(Content file) throws IOException {
        block.clear().position(4);
        int read = file.channel.read(block);
        if (read > 0) {
            facts.add(block.array(), 4, read);
            return block.putInt(0, read).flip();
        }
        content = null;
        file.channel.close();
        boolean changed = file.changed(facts.endFile());
        if (changed) {
            warnings.accept(file.found.entry().path() + " changed while it was read");
        }
        return block.clear()
                .putInt(0)
                .put(changed ? FileTree.CHANGED : FileTree.SAME)
                .flip();
    }

    @Override
    public void close() throws IOException {
        try (walk) {
            if (content != null) {
                content.channel.close();
            }
        }
    }

    /** A file that is being read, and how it was when that began. */
    private record Content(TreeWalk.Found found, SeekableByteChannel channel, PosixFileAttributes before) {

        /** Also when another file was put in its place, before it was opened or since. */
        boolean changed(long read) throws IOException {
            try {
                PosixFileAttributes after = found.attributes();
                return read != before.size()
                        || after.size() != read
                        || !after.lastModifiedTime().equals(before.lastModifiedTime())
                        || !after.lastModifiedTime().equals(found.entry().time())
                        || !Objects.equals(after.fileKey(), before.fileKey());
            } catch (NoSuchFileException e) {
                return true;
            }
        }
    }
}
