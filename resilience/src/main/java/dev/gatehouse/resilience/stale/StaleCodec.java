// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * How the application writes its keys or answers down, and reads them again; no Java serialization. Thread-safe. When the
 * shape of the type changes, change the copy's version too ({@link StaleCacheBuilder#copy}).
 *
 * @param <T> the type
 */
public interface StaleCodec<T> {

    /** The bytes of {@code value}. */
    byte[] encode(T value) throws Exception;

    /** The value of these bytes; throws when they are none, and then the copy is left out. */
    T decode(byte[] bytes) throws Exception;

    /** Text as UTF-8. */
    static StaleCodec<String> text() {
        return new StaleCodec<>() {
            @Override
            public byte[] encode(String value) {
                return value.getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public String decode(byte[] bytes) throws CharacterCodingException {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        };
    }
}
