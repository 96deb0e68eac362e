// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store in a directory. Every object is written beside its place, forced to the disk, and linked into place. */
final class DirectoryStore implements BackupStore {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryStore.class);

    /** How often a folder is made for one object, when somebody removes it each time. */
    private static final int MOST_FOLDERS = 100;

    private final Place described;
    private final Path root;
    private final PartFiles parts;

    private DirectoryStore(Place described, Path root, PartFiles parts) {
        this.described = described;
        this.root = root;
        this.parts = parts;
    }

    static DirectoryStore open(String name, Path directory) throws IOException {
        Place place = new Place(
                name, "directory", directory.toAbsolutePath().normalize().toString(), Optional.empty());
        Durable.makeDirectories(directory);
        Path root = directory.toRealPath();
        Path parts = root.resolve(".parts");
        // A disk that is mounted for reading only, on the day of a restore, is read all the same.
        return new DirectoryStore(
                place, root, Files.isWritable(root) ? PartFiles.open(parts) : PartFiles.readOnly(parts));
    }

    @Override
    public Place place() {
        return described;
    }

    /** The canary is not written again, so a part file shows that something still can be. */
    @Override
    public void prove() throws IOException {
        try (PartFile part = parts.create()) {
            part.channel().write(ByteBuffer.allocate(4096));
            part.channel().force(true);
        }
        Canary.prove(this);
    }

    @Override
    public Put putIfAbsent(ObjectName name, Body body) throws IOException {
        Path place = place(name);
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return Put.EXISTS;
        }
        try (PartFile part = parts.create()) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(part.channel()), 1 << 16);
            body.writeTo(out);
            out.flush();
            part.channel().force(true);
            return link(part.path(), place);
        }
    }

    /** A link, not a rename, because a rename replaces what is there. */
    private static Put link(Path part, Path place) throws IOException {
        Path folder = parent(place);
        for (int attempt = 1; true; attempt++) {
            try {
                Durable.makeDirectories(folder);
                Files.createLink(place, part);
                return forced(folder, place);
            } catch (FileAlreadyExistsException e) {
                return Put.EXISTS;
            } catch (NoSuchFileException e) {
                // Whoever deleted the last object of the folder removed it since it was made.
                if (attempt == MOST_FOLDERS) {
                    throw e;
                }
            }
        }
    }

    private static Put forced(Path folder, Path place) throws IOException {
        boolean durable = false;
        try {
            Durable.force(folder);
            durable = true;
            return Put.STORED;
        } finally {
            if (!durable) {
                Files.deleteIfExists(place);
            }
        }
    }

    @Override
    public InputStream open(ObjectName name) throws IOException {
        Path place = place(name);
        if (!Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(name.value());
        }
        return Files.newInputStream(place, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public List<ObjectName> list(ObjectName folder) throws IOException {
        Path start = place(folder);
        if (!Files.isDirectory(start, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        return bounded(ObjectWalk.below(root, start, MOST_NAMES), folder);
    }

    private static List<ObjectName> bounded(List<ObjectName> names, ObjectName folder) throws IOException {
        if (names.size() > MOST_NAMES) {
            throw new IOException("backup.store: " + folder + " holds more than " + MOST_NAMES + " objects");
        }
        return names;
    }

    @Override
    public boolean delete(ObjectName name) throws IOException {
        Path place = place(name);
        boolean deleted = Files.deleteIfExists(place);
        if (deleted) {
            forceIfThere(parent(place));
            removeEmpty(parent(place));
        }
        return deleted;
    }

    private static void forceIfThere(Path folder) throws IOException {
        try {
            Durable.force(folder);
        } catch (NoSuchFileException e) {
            LOG.trace("{} went with what was deleted", folder);
        }
    }

    /** Else each backup that ever was would leave its folders, and each listing would walk through them. */
    private void removeEmpty(Path folder) {
        try {
            for (Path empty = folder; !empty.equals(root); empty = parent(empty)) {
                Files.delete(empty);
            }
        } catch (IOException e) {
            LOG.trace("{} stays: {}", folder, e.toString());
        }
    }

    private Path place(ObjectName name) {
        return root.resolve(name.value());
    }

    private static Path parent(Path place) {
        Path parent = place.getParent();
        return parent == null ? place : parent;
    }
}
