// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.format.Manifest.Chunk;
import dev.gatehouse.backup.format.Tally;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * One chunk on its way into the store. Its blocks are sealed in the order in which they were read, however the workers
 * finish them. The pool bounds the queue.
 */
final class Upload implements Callable<Chunk> {

    private final Vault vault;
    private final DataKey key;
    private final ObjectName name;
    private final BlockPool pool;
    private final BlockingQueue<Future<Optional<Block>>> blocks = new LinkedBlockingQueue<>();

    // Told by the reader before it ends the queue, read after the end was seen there.
    private final Tally plain = new Tally();

    Upload(Vault vault, DataKey key, ObjectName name, BlockPool pool) {
        this.vault = vault;
        this.key = key;
        this.name = name;
        this.pool = pool;
    }

    /** Bytes read so far. */
    long plainBytes() {
        return plain.bytes();
    }

    /** Counts a block that was read; it follows with {@link #add} when it is compressed. */
    void tally(Block block) {
        block.tally(plain);
    }

    void add(Future<Optional<Block>> block) {
        blocks.add(block);
    }

    /** Nothing follows: the object is complete. */
    void end() {
        blocks.add(CompletableFuture.completedFuture(Optional.empty()));
    }

    /** Nothing follows, because reading failed: there will be no object. */
    void abort() {
        blocks.add(CompletableFuture.failedFuture(new IOException("backup: reading the source failed")));
    }

    @Override
    public Chunk call() throws IOException {
        Tally cipher = new Tally();
        Put put = vault.store().putIfAbsent(name, out -> {
            try (OutputStream sealed = key.seal(cipher.over(out), vault.binding(name))) {
                for (Optional<Block> block = next(); block.isPresent(); block = next()) {
                    block.get().writeTo(sealed);
                    pool.give(block.get());
                }
            }
        });
        if (put == Put.EXISTS) {
            throw new IOException("backup.store: " + name + " is there already");
        }
        return new Chunk(plain.bytes(), plain.sha256Hex(), cipher.bytes(), cipher.sha256Hex());
    }

    private Optional<Block> next() throws IOException {
        try {
            return blocks.take().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup: the run was ended");
        } catch (ExecutionException e) {
            throw Stages.rethrown(e.getCause());
        }
    }
}
