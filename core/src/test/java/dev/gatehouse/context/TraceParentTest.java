// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TraceParentTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void readsWhatItWrites() {
        TraceParent fresh = TraceParent.fresh(true);
        assertThat(TraceParent.parse(List.of(fresh.toHeader()))).contains(fresh);
    }

    @Test
    void aNewTraceSaysThatItsIdIsRandomAndWhetherItIsSampled() {
        assertThat(TraceParent.fresh(false).toHeader()).endsWith("-02");
        assertThat(TraceParent.fresh(true).toHeader()).endsWith("-03");
    }

    @Test
    void aChildKeepsTraceAndFlagsUnderANewSpan() {
        TraceParent parent = new TraceParent(TRACE, SPAN, 1);
        TraceParent child = parent.child();
        assertThat(child.traceId()).isEqualTo(TRACE);
        assertThat(child.flags()).isEqualTo(1);
        assertThat(child.spanId()).isNotEqualTo(SPAN);
    }

    @Test
    void clearsFlagsThatNobodyHasDefinedYet() {
        TraceParent read =
                TraceParent.parse(List.of("00-" + TRACE + "-" + SPAN + "-ff")).orElseThrow();
        assertThat(read.flags()).isEqualTo(3);
        assertThat(new TraceParent(TRACE, SPAN, 255).toHeader()).endsWith("-03");
    }

    @Test
    void sendsAFutureVersionOnAsVersionZero() {
        TraceParent read = TraceParent.parse(List.of("fe-" + TRACE + "-" + SPAN + "-01-more"))
                .orElseThrow();
        assertThat(read.toHeader()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
    }

    @Test
    void refusesUpperCaseDigits() {
        assertThat(TraceParent.parse(List.of("00-" + TRACE.toUpperCase(Locale.ROOT) + "-" + SPAN + "-01")))
                .isEmpty();
        assertThat(TraceParent.parse(List.of("0A-" + TRACE + "-" + SPAN + "-01")))
                .isEmpty();
        assertThat(TraceParent.parse(List.of("00-" + TRACE + "-" + SPAN + "-0A")))
                .isEmpty();
    }

    @Test
    void refusesEveryOtherCharacterAtEveryPlace() {
        String valid = "00-" + TRACE + "-" + SPAN + "-01";
        for (int i = 0; i < valid.length(); i++) {
            for (char c : new char[] {'g', ':', '/', '`', 'F', ' ', '\0', '\u0661', '\uff10'}) {
                String spoilt = valid.substring(0, i) + c + valid.substring(i + 1);
                assertThat(TraceParent.parse(List.of(spoilt))).as(spoilt).isEmpty();
            }
        }
    }

    @Test
    void refusesEveryPrefixOfAValidOne() {
        String valid = "cc-" + TRACE + "-" + SPAN + "-01";
        for (int i = 0; i < valid.length(); i++) {
            assertThat(TraceParent.parse(List.of(valid.substring(0, i)))).isEmpty();
        }
    }

    @Test
    void refusesPartsThatAreNotWhatTheyPromise() {
        assertThatThrownBy(() -> new TraceParent("0".repeat(32), SPAN, 0)).hasMessageContaining("traceId");
        assertThatThrownBy(() -> new TraceParent(TRACE, SPAN + "0", 0)).hasMessageContaining("spanId");
        assertThatThrownBy(() -> new TraceParent(TRACE, SPAN, 256)).hasMessageContaining("0 to 255");
    }
}
