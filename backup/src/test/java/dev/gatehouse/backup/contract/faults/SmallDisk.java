// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.contract.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A disk of a few hundred kilobytes, as full as a test wants it: a file system in memory, which only root may mount. */
final class SmallDisk implements AutoCloseable {

    static final int PAGE = 4096;

    private final Path place;
    private final Path ballast;

    private SmallDisk(Path place) {
        this.place = place;
        this.ballast = place.resolve("ballast");
    }

    /** Mounts one; where that is not allowed the test is skipped. */
    static SmallDisk mount(Path place, int kilobytes) throws IOException {
        Files.createDirectories(place);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "mode=700,size=" + kilobytes + "k", "tmpfs", place.toString()) == 0,
                "only root may mount a small disk");
        return new SmallDisk(place);
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    Path place() {
        return place;
    }

    /** Fills it until there is room for so many pages. */
    void leave(long pages) throws IOException {
        free();
        long bytes = Files.getFileStore(place).getUsableSpace() - pages * PAGE;
        if (bytes > 0) {
            Files.write(ballast, new byte[Math.toIntExact(bytes)]);
        }
    }

    /** Makes all the room that there is. */
    void free() throws IOException {
        Files.deleteIfExists(ballast);
    }

    @Override
    public void close() throws IOException {
        free();
        if (run("umount", "--lazy", place.toString()) != 0) {
            throw new IOException(place + " could not be unmounted");
        }
    }
}
