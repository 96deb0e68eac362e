// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @Test
    void sortsByTime() {
        String early = RequestId.text(1_700_000_000_000L, -1, -1);
        String late = RequestId.text(1_700_000_000_001L, 0, 0);
        assertThat(early).isLessThan(late);
    }

    @Test
    void carriesTheTimeAndEveryRandomBit() {
        assertThat(RequestId.text(0xffff_ffff_ffffL, 0, 0)).isEqualTo("7ZZZZZZZZZ0000000000000000");
        assertThat(RequestId.text(0, -1, 0)).isEqualTo("0000000000ZZZZZZZZ00000000");
        assertThat(RequestId.text(0, 0, -1)).isEqualTo("000000000000000000ZZZZZZZZ");
    }

    @Test
    void everyNewIdIsOneThatOthersAccept() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = RequestId.generate();
            assertThat(RequestId.isAcceptable(id)).isTrue();
            assertThat(seen.add(id)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.b_c-9", "0123456789012345678901234567890123456789012345678901234567890123"})
    void takesOverAnAcceptableId(String outside) {
        assertThat(RequestId.accept(outside)).isSameAs(outside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01234567890123456789012345678901234567890123456789012345678901234",
                "a b",
                "a\r\nSet-Cookie: x",
                "caf\u00e9",
                "a/b",
                "a@b",
                "[a]",
                "`",
                "{",
                "\u0430"
            })
    void replacesEveryOther(String outside) {
        assertThat(RequestId.accept(outside)).isNotEqualTo(outside).hasSize(26);
    }

    @Test
    void makesOneWhereNoneCame() {
        assertThat(RequestId.accept(null)).hasSize(26);
    }
}
