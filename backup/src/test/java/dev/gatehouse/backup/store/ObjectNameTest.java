// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "v1/store.json", "v1/shop/data/0af/database.mv.db.0.zst.aead", "A-b_c.d"})
    void takesPlainNames(String name) {
        assertThat(new ObjectName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/etc/passwd",
                "a/",
                "a//b",
                ".",
                "..",
                "../a",
                "a/../b",
                "a/..",
                "a..b",
                ".hidden",
                "a/.b",
                "-a",
                "a\\b",
                "C:/a",
                "a\u0000b",
                "a\n",
                "a b",
                "ä",
                "a/b/c/d/e/f/g/h/i",
                "~",
                "a%2e%2e"
            })
    void refusesEverythingElse(String name) {
        assertThat(ObjectName.isName(name)).isFalse();
        assertThatThrownBy(() -> new ObjectName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesOverlongSegmentsQuicklyAndQuotesLittleOfThem() {
        assertThat(ObjectName.isName("a".repeat(129))).isFalse();
        assertThatThrownBy(() -> new ObjectName("a".repeat(1_000_000)))
                .hasMessageMatching("(?s).{0,250}")
                .hasMessageContaining("segments");
    }
}
