// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.schedule;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

class CronFuzzTest {

    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("UTC"),
            ZoneId.of("Europe/Berlin"),
            ZoneId.of("America/Havana"),
            ZoneId.of("Australia/Lord_Howe"));

    /** The samples themselves, and each of them broken in a hundred ways, the same at every run. */
    static Stream<byte[]> expressions() {
        Random random = new Random(20261121);
        return Stream.of("*/15 0-6,22 * jan-mar mon-5/2", "30 2 * * *", "0 0 29 2 0", "5/10 */3 1,15 * 7", "@weekly")
                .map(sample -> sample.getBytes(StandardCharsets.UTF_8))
                .flatMap(sample -> Stream.concat(
                        Stream.of(sample),
                        Stream.generate(() -> broken(sample, random)).limit(100)));
    }

    private static byte[] broken(byte[] sample, Random random) {
        byte[] bytes = sample.clone();
        bytes[random.nextInt(bytes.length)] = (byte) "0123456789*/,- x".charAt(random.nextInt(16));
        return bytes;
    }

    // Plain conditions: the fuzzer instruments every class it meets, an assertion library's included.
    @MethodSource("expressions")
    @FuzzTest(maxDuration = "2s")
    void readsAnyTextOrRefusesIt(byte[] text) {
        int hash = Arrays.hashCode(text);
        ZoneId zone = ZONES.get(Math.floorMod(hash, ZONES.size()));
        check(new String(text, StandardCharsets.UTF_8), zone, Instant.ofEpochSecond(Integer.toUnsignedLong(hash)));
    }

    /** A schedule always goes on, and on whole minutes. */
    static void check(String expression, ZoneId zone, Instant after) {
        Schedule schedule;
        try {
            schedule = Schedule.cron(expression, zone);
        } catch (IllegalArgumentException e) {
            require(String.valueOf(e.getMessage()).startsWith("backup.schedule: "), "refused without a place");
            return;
        }
        Instant first = schedule.next(after);
        Instant second = schedule.next(first);
        require(first.isAfter(after) && second.isAfter(first), "does not go on");
        require(first.equals(first.truncatedTo(ChronoUnit.MINUTES)), "not on a minute");
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalStateException(problem);
        }
    }
}
