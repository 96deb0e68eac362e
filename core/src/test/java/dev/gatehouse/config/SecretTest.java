// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.json.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SecretTest {

    private static final String VALUE = "correct horse battery staple";

    private final Secret secret = Secret.of(VALUE);

    record Holder(String name, Secret secret) {}

    @Test
    void isHiddenWhereverItIsPrinted() {
        assertThat(secret.toString() + new Holder("shop", secret) + String.format("%s", secret))
                .doesNotContain("horse");
        assertThat(new JsonWriter().value(Map.of("secret", secret)).toString())
                .isEqualTo("{\"secret\":\"Secret[hidden]\"}");
    }

    @Test
    void cannotBeSerialized() {
        assertThatThrownBy(() -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(secret))
                .isInstanceOf(NotSerializableException.class);
    }

    @Test
    void equalsTheSameBytesOnly() {
        assertThat(secret)
                .isEqualTo(Secret.of(VALUE))
                .isNotEqualTo(Secret.of(VALUE + "!"))
                .isNotEqualTo(VALUE);
        assertThat(secret.hashCode()).isEqualTo(Secret.of("other").hashCode());
    }

    @Test
    void keepsACopyOfItsOwn() {
        byte[] bytes = {1, 2, 3};
        Secret copied = Secret.of(bytes);
        bytes[0] = 9;
        copied.revealBytes()[1] = 9;

        assertThat(copied.revealBytes()).containsExactly(1, 2, 3);
    }
}
