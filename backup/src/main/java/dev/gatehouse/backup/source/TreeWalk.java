// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Walks a tree in ascending order, folders before what is in them. Every name is looked up in the folder that is open,
 * never by its whole path, so that nobody leads the walk elsewhere by putting a link in a folder's place.
 */
final class TreeWalk implements Closeable {

    private final Deque<Open> stack = new ArrayDeque<>();
    private final Consumer<String> warnings;
    private int seen;

    /** Skipped links and vanished files are told to {@code warnings}. */
    TreeWalk(Consumer<String> warnings) {
        this.warnings = warnings;
    }

    /** Opens the tree; its root's own entry. */
    TreeEntry begin(Path root) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root.toRealPath())) {
            if (stream instanceof SecureDirectoryStream<Path> opened) {
                SecureDirectoryStream<Path> folder = open(opened, Path.of("."));
                return enter(
                        folder,
                        "",
                        folder.getFileAttributeView(PosixFileAttributeView.class)
                                .readAttributes());
            }
            throw new IOException("backup.files: " + root + " is on a file system that cannot be read safely");
        }
    }

    /** The next entry; empty at the end. */
    Optional<Found> next() throws IOException {
        while (!stack.isEmpty()) {
            Open folder = stack.peek();
            if (!folder.names.hasNext()) {
                stack.pop().stream.close();
                continue;
            }
            Optional<Found> found = look(folder, folder.names.next());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<Found> look(Open folder, Path name) throws IOException {
        String path = folder.path.isEmpty() ? name.toString() : folder.path + "/" + name;
        requireName(name, path);
        try {
            PosixFileAttributes attributes = attributes(folder.stream, name);
            if (attributes.isSymbolicLink()) {
                warnings.accept(path + " is a link and was not followed");
                return Optional.empty();
            }
            if (attributes.isDirectory()) {
                return Optional.of(new Found(enter(open(folder.stream, name), path, attributes), folder.stream, name));
            }
            if (!attributes.isRegularFile()) {
                throw new IOException("backup.files: " + path + " is neither a file nor a folder; move it elsewhere");
            }
            return Optional.of(new Found(TreeEntry.of(path, attributes), folder.stream, name));
        } catch (NoSuchFileException e) {
            warnings.accept(path + " vanished while it was read");
            return Optional.empty();
        }
    }

    private void requireName(Path name, String path) throws IOException {
        seen++;
        boolean sound = seen < FileTree.MOST_ENTRIES
                && stack.size() <= FileTree.DEEPEST
                && path.length() <= FileTree.LONGEST_PATH / 3
                && FileTree.isName(name.toString())
                && isUnicode(name);
        if (!sound) {
            throw new IOException("backup.files: " + path + " has a name that is too long, too deep or not in the"
                    + " encoding of this process's locale, or is the " + FileTree.MOST_ENTRIES + "th");
        }
    }

    /** Whether the name that the file system has and the one that this process sees are the same. */
    private static boolean isUnicode(Path name) {
        try {
            return name.getFileSystem().getPath(name.toString()).equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private TreeEntry enter(SecureDirectoryStream<Path> folder, String path, PosixFileAttributes attributes)
            throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            folder.forEach(entry -> names.add(entry.getFileName()));
        } catch (DirectoryIteratorException e) {
            folder.close();
            throw e.getCause();
        }
        names.sort((one, other) -> FileTree.ORDER.compare(one.toString(), other.toString()));
        stack.push(new Open(folder, path, names.iterator()));
        return TreeEntry.of(path, attributes);
    }

    private static SecureDirectoryStream<Path> open(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
    }

    private static PosixFileAttributes attributes(SecureDirectoryStream<Path> folder, Path name) throws IOException {
        return folder.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    @Override
    public void close() throws IOException {
        while (!stack.isEmpty()) {
            stack.pop().stream.close();
        }
    }

    /** A folder whose entries are being walked. */
    private record Open(SecureDirectoryStream<Path> stream, String path, Iterator<Path> names) {}

    /** An entry, and where it was found. */
    record Found(TreeEntry entry, SecureDirectoryStream<Path> folder, Path name) {

        SeekableByteChannel content() throws IOException {
            return folder.newByteChannel(name, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }

        PosixFileAttributes attributes() throws IOException {
            return TreeWalk.attributes(folder, name);
        }
    }
}
