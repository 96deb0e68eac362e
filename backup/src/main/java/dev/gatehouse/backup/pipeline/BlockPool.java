// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A bounded number of blocks, made when first needed. Who reads waits here for those who store: the back-pressure. */
final class BlockPool {

    private static final long LOOK_MILLIS = 100;

    private final Semaphore permits;
    private final Queue<Block> idle = new ConcurrentLinkedQueue<>();

    BlockPool(int blocks) {
        this.permits = new Semaphore(blocks);
    }

    /** Waits for a block as long as {@code health} does not throw. */
    Block take(Health health) throws IOException {
        try {
            while (!permits.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                health.require();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("backup: the run was interrupted");
        }
        Block block = idle.poll();
        return block == null ? new Block() : block;
    }

    void give(Block block) {
        idle.add(block);
        permits.release();
    }

    /** Throws when waiting is in vain. */
    @FunctionalInterface
    interface Health {
        void require() throws IOException;
    }
}
