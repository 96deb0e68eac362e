// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.pipeline;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How bytes flow between source and store.
 *
 * @param chunkBytes the most plain bytes of one stored chunk
 * @param workers how many threads compress, or decompress, at the same time
 * @param bytesPerSecond the most plain bytes that are read in a second; empty for no limit
 * @param stallTimeout how long one read of a source may take
 */
public record Flow(long chunkBytes, int workers, OptionalLong bytesPerSecond, Duration stallTimeout) {

    /** With so many, blocks of 4 MiB and zstd's own tables stay below 60 MiB together. */
    public static final int MOST_WORKERS = 6;

    int blocks() {
        return workers + 3;
    }
}
