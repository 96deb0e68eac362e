// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private folder for unencrypted copies, removed when closed. It is locked as long as its process lives, so that what
 * a killed process left can be told from what is in use, and is removed by the next {@link #sweep}.
 */
public final class WorkFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkFolder.class);
    private static final String PREFIX = "gatehouse-backup-";
    private static final String LOCK = "lock";

    // Closing any channel to a file gives up all of this process's locks on it, so its own locks are never opened
    // twice.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private WorkFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    public static WorkFolder create(Path parent) throws IOException {
        Files.createDirectories(parent);
        Path path = Files.createTempDirectory(parent.toRealPath(), PREFIX);
        OURS.add(path);
        FileChannel lock =
                FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        return new WorkFolder(path, lock);
    }

    /** A new folder within. */
    public Path folder(String name) throws IOException {
        return Files.createDirectory(path.resolve(name));
    }

    /** A place within where nothing is yet. */
    public Path place(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            remove(path);
        } finally {
            OURS.remove(path);
        }
    }

    /** Removes the folders of processes that ended without closing them. */
    public static void sweep(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent.toRealPath(), PREFIX + "*")) {
            for (Path folder : folders) {
                if (!OURS.contains(folder)) {
                    sweepUnlessLocked(folder);
                }
            }
        }
    }

    private static void sweepUnlessLocked(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                remove(folder);
                LOG.info("removed {}, left by a process that was killed", folder);
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("{} is in use by this process", folder);
        } catch (IOException e) {
            LOG.debug("{} is not ours to remove: {}", folder, e.toString());
        }
    }

    /** Removes a folder and all in it, following no link. */
    static void remove(Path folder) throws IOException {
        try {
            Files.walkFileTree(folder, new Remover());
        } catch (NoSuchFileException e) {
            LOG.debug("{} is gone already", folder);
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {

        /** A restored folder may be one that not even its owner may write to. */
        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
            if (view != null) {
                view.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
