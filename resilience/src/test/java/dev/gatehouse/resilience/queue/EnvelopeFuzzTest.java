// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.context.RequestContext;
import dev.gatehouse.context.TraceParent;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EnvelopeFuzzTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

    @FuzzTest
    void readsWhatWasWrittenOrRefuses(byte[] bytes) {
        try {
            assertThat(Envelope.fromBytes(bytes).toBytes()).hasSize(bytes.length);
            assertThat(Envelope.fromBytes(bytes).context()).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("resilience.queue");
        }
    }

    @Test
    void aThousandMutationsOfARealOneAreReadOrRefused() {
        Random random = new Random(5);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = written().toBytes();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            readsWhatWasWrittenOrRefuses(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        }
    }

    @Test
    void readsWhatItWrote() {
        assertThat(Envelope.fromBytes(written().toBytes())).isEqualTo(written());
    }

    @Test
    void refusesAFormOfTheFuture() {
        byte[] bytes = written().toBytes();
        bytes[0] = 2;

        assertThatThrownBy(() -> Envelope.fromBytes(bytes)).hasMessageContaining("not known here");
    }

    private static Envelope written() {
        RequestContext context = RequestContext.NONE
                .withRequestId("request-1")
                .withTrace(new TraceParent("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", 1));
        return Envelope.of(Job.of("mail", Payload.text("to bob")), NOW, context);
    }
}
