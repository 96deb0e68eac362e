// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the names of files while others come and go: what vanishes on the way is not there, and no failure. */
final class ObjectWalk extends SimpleFileVisitor<Path> {

    private final Path root;
    private final int most;
    private final List<ObjectName> names = new ArrayList<>();

    private ObjectWalk(Path root, int most) {
        this.root = root;
        this.most = most;
    }

    /** The names, below {@code root}, of all files below {@code start}, in order; one more than {@code most} at most. */
    static List<ObjectName> below(Path root, Path start, int most) throws IOException {
        ObjectWalk walk = new ObjectWalk(root, most);
        Files.walkFileTree(start, walk);
        Collections.sort(walk.names);
        return List.copyOf(walk.names);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (attributes.isRegularFile() && ObjectName.isName(name)) {
            names.add(new ObjectName(name));
        }
        return names.size() > most ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
        return afterFailure(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
        return failure == null ? FileVisitResult.CONTINUE : afterFailure(failure);
    }

    private static FileVisitResult afterFailure(IOException failure) throws IOException {
        if (failure instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }
}
