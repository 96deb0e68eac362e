// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.password;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** What fuzz targets are tried with in every build. */
public final class Seeds {

    private Seeds() {}

    /** The samples themselves, and each of them broken in {@code times} ways, the same at every run. */
    public static Stream<byte[]> of(int times, String... samples) {
        Random random = new Random(samples[0].hashCode());
        return Stream.of(samples)
                .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(times)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        for (int i = 0; i <= random.nextInt(3); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
        }
        return random.nextBoolean() ? bytes : Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }
}
