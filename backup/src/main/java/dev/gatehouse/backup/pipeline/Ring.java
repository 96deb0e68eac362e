// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Chooses what a sample reads. All chunks lie on a ring, each where the hash of the seed and its name puts it; a sample
 * takes those that come next after a position and ends within its bytes. The next sample begins where this one ended, so
 * that each chunk's turn comes once a round, however many are added or removed meanwhile. Holds no more than fits the
 * budget. Not thread-safe.
 *
 * @param <T> what is chosen
 */
final class Ring<T> {

    private static final int MOST = 100_000;

    private final byte[] seed;
    private final long from;
    private final long budget;
    private final PriorityQueue<Piece<T>> farthestFirst =
            new PriorityQueue<>(Comparator.<Piece<T>, Long>comparing(Piece::distance, Long::compareUnsigned)
                    .reversed());
    private long bytes;
    private boolean whole = true;

    /** A ring under {@code seed}, of which so many bytes after {@code from} are wanted. */
    Ring(String seed, long from, long budget) {
        this.seed = (seed + "\n").getBytes(StandardCharsets.UTF_8);
        this.from = from;
        this.budget = budget;
    }

    /** Offers one chunk: its name, its bytes, and what to give back when it is chosen. */
    void offer(String name, long size, T value) {
        long position = position(name);
        farthestFirst.add(new Piece<>(position, position - from, size, value));
        bytes += size;
        while (farthestFirst.size() > MOST || overBudget()) {
            bytes -= farthestFirst.remove().size();
            whole = false;
        }
    }

    /** Whether what is nearer uses up the budget by itself. */
    private boolean overBudget() {
        Piece<T> farthest = farthestFirst.peek();
        return farthest != null && farthestFirst.size() > 1 && bytes - farthest.size() >= budget;
    }

    /** What was chosen, in the order of the ring. */
    List<Piece<T>> chosen() {
        List<Piece<T>> pieces = new ArrayList<>(farthestFirst);
        pieces.sort(Comparator.comparing(Piece::distance, Long::compareUnsigned));
        return pieces;
    }

    /** Whether everything that was offered was chosen. */
    boolean isWhole() {
        return whole;
    }

    private long position(String name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(seed);
            return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /**
     * One chunk on the ring.
     *
     * @param position where it lies
     * @param distance how far after the sample's beginning
     * @param size its bytes
     * @param value what was offered
     */
    record Piece<T>(long position, long distance, long size, T value) {}
}
