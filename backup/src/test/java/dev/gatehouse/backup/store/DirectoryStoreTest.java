// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.backup.contract.BackupStoreContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends BackupStoreContract {

    private static final ObjectName NAME = ObjectName.of("v1", "x");

    @TempDir
    Path folder;

    @Override
    protected BackupStore newStore() throws IOException {
        return BackupStore.directory(folder.resolve("deep").resolve("store"));
    }

    private Path root() {
        return folder.resolve("deep").resolve("store");
    }

    @Test
    void leavesNoPartFileOfAWriterWhoIsInterruptedBeforeItBegins() throws IOException {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> put(ObjectName.of("v1", "late"), "x")).isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(root().resolve(".parts")).isEmptyDirectory();
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        put(ObjectName.of("v1", "shop", "x"), "x");
        try (Stream<Path> all = Files.walk(root())) {
            for (Path path : all.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .endsWith("------");
            }
        }
    }

    @Test
    void keepsWhatItHeldWhenOpenedAgain() throws IOException {
        put(NAME, "kept");
        store = newStore();
        assertThat(read(NAME)).isEqualTo("kept");
    }

    @Test
    void removesWhatAKilledProcessLeftHalfWritten() throws IOException {
        Path left = Files.writeString(root().resolve(".parts").resolve("dead.part"), "half");
        newStore();
        assertThat(left).doesNotExist();
    }

    @Test
    void leavesAloneWhatIsBeingWritten() throws IOException {
        store.putIfAbsent(NAME, out -> {
            out.write(new byte[] {'o', 'k'});
            newStore();
        });
        assertThat(read(NAME)).isEqualTo("ok");
    }

    @Test
    void leavesNoPartBehind() throws IOException {
        put(NAME, "x");
        store.putIfAbsent(NAME, out -> out.write(1));
        assertThat(root().resolve(".parts")).isEmptyDirectory();
    }

    @Test
    void leavesNoFolderBehindOfWhatWasDeleted() throws IOException {
        put(ObjectName.of("v1", "shop", "data", "one", "x"), "x");
        put(ObjectName.of("v1", "shop", "data", "two", "x"), "x");
        store.delete(ObjectName.of("v1", "shop", "data", "one", "x"));
        assertThat(root().resolve("v1/shop/data")).isDirectoryContaining(path -> path.endsWith("two"));
        assertThat(root().resolve("v1/shop/data/one")).doesNotExist();
        store.delete(ObjectName.of("v1", "shop", "data", "two", "x"));
        assertThat(root().resolve("v1")).doesNotExist();
        assertThat(root()).exists();
    }

    @Test
    void isWrittenAndListedWhileOthersDelete() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> others = Stream.of("a", "b")
                .map(leaf -> CompletableFuture.runAsync(() -> comeAndGo(leaf, done)))
                .toList();
        try {
            for (int i = 0; i < 1_000; i++) {
                assertThat(store.list(ObjectName.of("v1"))).hasSizeLessThanOrEqualTo(2);
            }
        } finally {
            done.set(true);
        }
        for (CompletableFuture<Void> other : others) {
            other.get();
        }
    }

    private void comeAndGo(String leaf, AtomicBoolean done) {
        ObjectName name = ObjectName.of("v1", "shop", "data", leaf);
        try {
            while (!done.get()) {
                store.putIfAbsent(name, out -> out.write(1));
                store.delete(name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void followsNoLinkOutOfItself() throws IOException {
        Path outside = Files.writeString(folder.resolve("outside"), "secret");
        put(ObjectName.of("v1", "y"), "y");
        Files.createSymbolicLink(root().resolve("v1").resolve("x"), outside);
        Files.createSymbolicLink(root().resolve("v1").resolve("folder"), folder);

        assertThatThrownBy(() -> store.open(NAME)).isInstanceOf(NoSuchFileException.class);
        assertThat(store.list(ObjectName.of("v1"))).isEqualTo(List.of(ObjectName.of("v1", "y")));
        assertThat(store.putIfAbsent(NAME, out -> out.write(1))).isEqualTo(BackupStore.Put.EXISTS);
        assertThat(outside).hasContent("secret");
    }
}
