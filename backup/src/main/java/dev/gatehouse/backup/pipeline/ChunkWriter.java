// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.format.Manifest.Artifact;
import dev.gatehouse.backup.format.Manifest.Chunk;
import dev.gatehouse.backup.format.Vault;
import dev.gatehouse.backup.source.Part;
import dev.gatehouse.time.Ticker;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * Stores parts in chunks. The caller's thread reads, workers compress, and up to two chunks are sealed and stored at the
 * same time, the second while the first one is being made durable. What is in flight is bounded by a pool of blocks,
 * whatever the size of the part. The first failure anywhere closes the part and ends everything.
 */
final class ChunkWriter implements AutoCloseable {

    private static final int UPLOADS = 2;

    private final Vault vault;
    private final DataKey key;
    private final String backup;
    private final Flow flow;
    private final Progress progress;
    private final Ticker ticker;
    private final BlockPool pool;
    private final Optional<Throttle> throttle;
    private final Stages stages;

    ChunkWriter(Vault vault, DataKey key, String backup, Flow flow, Progress progress, Ticker ticker) {
        this.vault = vault;
        this.key = key;
        this.backup = backup;
        this.flow = flow;
        this.progress = progress;
        this.ticker = ticker;
        this.pool = new BlockPool(flow.blocks());
        this.throttle = flow.bytesPerSecond().isPresent()
                ? Optional.of(new Throttle(flow.bytesPerSecond().getAsLong()))
                : Optional.empty();
        this.stages = new Stages(flow.workers(), UPLOADS);
    }

    /** Stores a part; when this throws, some of its chunks may be in the store. */
    Artifact store(Part part) throws IOException {
        progress.expect(part.expectedBytes());
        try (InputStream opened = stages.guard(part.open());
                InputStream heard = StallGuard.over(opened, part.name(), flow.stallTimeout(), ticker, stages::fail);
                InputStream in = new Paced(heard, progress, throttle, ticker, LockSupport::parkNanos)) {
            List<Chunk> chunks = chunks(part.name(), in);
            long bytes = chunks.stream().mapToLong(Chunk::plainBytes).sum();
            return new Artifact(part.name(), bytes, chunks);
        } catch (IOException | RuntimeException e) {
            stages.fail(e);
            stages.requireHealth();
            throw e;
        }
    }

    private List<Chunk> chunks(String part, InputStream in) throws IOException {
        List<Chunk> done = new ArrayList<>();
        Deque<Future<Chunk>> under = new ArrayDeque<>();
        for (Block first = read(in, flow.chunkBytes()); !first.isEmpty(); first = read(in, flow.chunkBytes())) {
            if (under.size() == UPLOADS) {
                done.add(result(under.remove()));
            }
            Upload upload =
                    new Upload(vault, key, vault.layout().chunk(backup, part, done.size() + under.size()), pool);
            under.add(stages.upload(upload));
            fill(upload, first, in);
        }
        while (!under.isEmpty()) {
            done.add(result(under.remove()));
        }
        return done;
    }

    private void fill(Upload upload, Block first, InputStream in) throws IOException {
        try {
            for (Block block = first; !block.isEmpty(); block = read(in, flow.chunkBytes() - upload.plainBytes())) {
                upload.tally(block);
                upload.add(stages.pack(block));
            }
        } catch (IOException | RuntimeException e) {
            // Before the upload fails of it, so that this is the first failure.
            stages.fail(e);
            upload.abort();
            throw e;
        }
        upload.end();
    }

    /** The next bytes, at most {@code most}; an empty block, which is the pool's again, when there are none. */
    private Block read(InputStream in, long most) throws IOException {
        Block block = pool.take(stages::requireHealth);
        boolean filled = false;
        try {
            block.fill(in, most);
            filled = !block.isEmpty();
        } finally {
            if (!filled) {
                pool.give(block);
            }
        }
        return block;
    }

    private static Chunk result(Future<Chunk> upload) throws IOException {
        try {
            return upload.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup: the run was interrupted");
        } catch (ExecutionException e) {
            throw Stages.rethrown(e.getCause());
        }
    }

    /** Ends what still runs, and waits for it. */
    @Override
    public void close() throws IOException {
        stages.close();
    }
}
