// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import com.github.kagkarlsson.scheduler.serializer.Serializer;

/**
 * Hands a job's bytes through as they are: db-scheduler's own default would run Java's serialization on them. What they
 * mean is read where a failure to do so makes a dead letter.
 */
final class EnvelopeSerializer implements Serializer {

    @Override
    public byte[] serialize(Object data) {
        return (byte[]) data;
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] bytes) {
        return type.cast(bytes);
    }
}
