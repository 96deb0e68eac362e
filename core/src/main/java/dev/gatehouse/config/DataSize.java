// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of data.
 *
 * @param bytes how many bytes, none or more
 */
public record DataSize(long bytes) implements Comparable<DataSize> {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18}) ?([kKMGT]i?B|B)?");

    private static final Map<String, Long> UNITS = Map.of(
            "B", 1L,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L,
            "TB", 1_000_000_000_000L,
            "KIB", 1L << 10,
            "MIB", 1L << 20,
            "GIB", 1L << 30,
            "TIB", 1L << 40);

    /** Refuses less than nothing. */
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("size: bytes were " + bytes + " but must be at least 0");
        }
    }

    /** Reads {@code 64KiB}, {@code 10MB}, {@code 4096}; KiB is 1024 bytes and kB is 1000. */
    public static DataSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a size such as 64KiB, 10MB or 4096");
        }
        String unit = matcher.group(2) == null ? "B" : matcher.group(2).toUpperCase(java.util.Locale.ROOT);
        try {
            return new DataSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), UNITS.getOrDefault(unit, 1L)));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("must be a size below 8 EiB", e);
        }
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The size in the largest binary unit that divides it: {@code 64KiB}. */
    @Override
    public String toString() {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        int unit = 0;
        long amount = bytes;
        while (unit < units.length - 1 && amount > 0 && amount % 1024 == 0) {
            amount /= 1024;
            unit++;
        }
        return amount + units[unit];
    }
}
