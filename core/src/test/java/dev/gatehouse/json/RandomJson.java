// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values of every kind that JSON has, drawn at random. */
final class RandomJson {

    private static final int[] ODD_CHARACTERS = {
        0, '\n', '"', '\\', '/', '<', '!', 0x7f, 0x85, 0xa0, 0x2028, 0x2029, 0xfeff, 0xffff, 0x1f600, 0x10ffff
    };

    private RandomJson() {}

    static @Nullable Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong() >> random.nextInt(64);
            case 3 -> new BigDecimal(new BigInteger(random.nextInt(100), random), 1 + random.nextInt(20));
            case 4 -> text(random);
            case 5 -> list(random, depth - 1);
            default -> map(random, depth - 1);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(
                    random.nextBoolean()
                            ? 'a' + random.nextInt(26)
                            : ODD_CHARACTERS[random.nextInt(ODD_CHARACTERS.length)]);
        }
        return text.toString();
    }

    private static List<@Nullable Object> list(Random random, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(value(random, depth));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Random random, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            map.put(text(random), value(random, depth));
        }
        return map;
    }
}
