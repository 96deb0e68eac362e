// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.gatehouse.backup.format.Manifest.Chunk;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads behind a run: some compress, some store. The first of them that fails closes what is being read. */
final class Stages implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);
    private static final int LEVEL = 3;
    private static final long END_SECONDS = 120;

    private final ExecutorService packers;
    private final ExecutorService uploaders;
    private final List<ZstdCompressCtx> contexts = new CopyOnWriteArrayList<>();
    private final ThreadLocal<ZstdCompressCtx> context = ThreadLocal.withInitial(this::newContext);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable Closeable> reading = new AtomicReference<>();

    Stages(int packers, int uploaders) {
        this.packers = pool(packers, "gatehouse-backup-pack-");
        this.uploaders = pool(uploaders, "gatehouse-backup-store-");
    }

    static ExecutorService pool(int threads, String name) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, name + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private ZstdCompressCtx newContext() {
        // Without zstd's own checksum: the seal and the manifest's hashes say more.
        ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(false);
        contexts.add(zstd);
        return zstd;
    }

    Future<Optional<Block>> pack(Block block) {
        return packers.submit(watched(() -> {
            block.pack(context.get());
            return Optional.of(block);
        }));
    }

    Future<Chunk> upload(Upload upload) {
        return uploaders.submit(watched(upload));
    }

    private <T> Callable<T> watched(Callable<T> stage) {
        return () -> {
            try {
                return stage.call();
            } catch (Exception | Error e) { // whatever it is ends the run
                fail(e);
                throw e;
            }
        };
    }

    /** Notes why the run cannot succeed, if nothing did before, and ends the reading. */
    void fail(Throwable why) throws IOException {
        if (failure.compareAndSet(null, why)) {
            Closeable open = reading.getAndSet(null);
            if (open != null) {
                open.close();
            }
        }
    }

    /** What is read from now on, to be closed when a stage fails. */
    InputStream guard(InputStream in) throws IOException {
        reading.set(in);
        requireHealth();
        return in;
    }

    /** Throws the first failure, if there is one. */
    void requireHealth() throws IOException {
        Throwable why = failure.get();
        if (why != null) {
            throw rethrown(why);
        }
    }

    /** What another thread threw: a store's own kind of failure keeps its kind. */
    static IOException rethrown(@Nullable Throwable why) {
        return why instanceof IOException known ? known : new IOException(String.valueOf(why), why);
    }

    @Override
    public void close() throws IOException {
        packers.shutdownNow();
        uploaders.shutdownNow();
        try {
            boolean ended = packers.awaitTermination(END_SECONDS, TimeUnit.SECONDS)
                    && uploaders.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
            if (ended) {
                contexts.forEach(ZstdCompressCtx::close);
            } else {
                LOG.warn("the store did not let go of a chunk within {} s", END_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
