// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an archive says, it is unpacked into its folder or refused, and nothing else is touched. */
class TreeUnpackerFuzzTest {

    /** A real archive, and that archive broken in a hundred ways, the same at every run. */
    static Stream<byte[]> archives() throws IOException {
        byte[] real = real();
        Random random = new Random(20261121);
        return Stream.concat(
                Stream.of(real), Stream.generate(() -> broken(real, random)).limit(100));
    }

    private static byte[] real() throws IOException {
        Path folder = Files.createTempDirectory("tree");
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/x"), "one");
        Files.writeString(root.resolve("a/b/größe"), "two");
        Files.writeString(root.resolve("c"), "");
        try (InputStream in = TreeStream.open(root, new TreeFacts(), warning -> {})) {
            return in.readAllBytes();
        } finally {
            remove(folder);
        }
    }

    /** Bytes changed, a number put where one may be, a piece doubled, or the end cut off. */
    private static byte[] broken(byte[] archive, Random random) {
        byte[] bytes = archive.clone();
        int at = 8 + random.nextInt(bytes.length - 16);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] = (byte) "./\0DFE~".charAt(random.nextInt(7));
            case 1 -> ByteBuffer.wrap(bytes).putInt(at, random.nextInt());
            case 2 -> System.arraycopy(archive, 8, bytes, at, Math.min(20, bytes.length - at));
            default -> bytes = Arrays.copyOf(bytes, at);
        }
        return bytes;
    }

    // Plain conditions: the fuzzer instruments every class it meets, an assertion library's included.
    @MethodSource("archives")
    @FuzzTest(maxDuration = "60s")
    void unpacksAnyBytesOrRefusesThem(byte[] archive) throws IOException {
        Path place = Files.createTempDirectory("fuzz");
        try {
            Path file = Files.write(place.resolve("archive"), archive);
            Path target = place.resolve("x/y/target");
            Files.createDirectories(place.resolve("x/y"));
            if (unpacked(file, target)) {
                requireNoMore(archive, target);
            }
            requireNothingElse(place, target);
        } finally {
            remove(place);
        }
    }

    private static boolean unpacked(Path archive, Path target) throws IOException {
        try {
            FileTree.unpack(archive, target);
            return true;
        } catch (FileTree.Malformed | FileSystemException e) { // the second where this file system knows no such file
            return false;
        }
    }

    private static void requireNoMore(byte[] archive, Path target) throws IOException {
        long bytes = 0;
        long entries = 0;
        try (Stream<Path> all = Files.walk(target)) {
            for (Path path : all.toList()) {
                require(!Files.isSymbolicLink(path), "a link");
                bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
                entries++;
            }
        }
        require(bytes + entries <= archive.length, "more than the archive holds");
    }

    private static void requireNothingElse(Path place, Path target) throws IOException {
        List<String> outside = new ArrayList<>();
        try (Stream<Path> all = Files.walk(place)) {
            all.filter(path -> !path.startsWith(target))
                    .map(path -> place.relativize(path).toString())
                    .sorted()
                    .forEach(outside::add);
        }
        require(outside.equals(List.of("", "archive", "x", "x/y")), "something outside: " + outside);
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalStateException(problem);
        }
    }

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, @Nullable IOException failure) throws IOException {
                Files.delete(path);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
