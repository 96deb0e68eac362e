// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceStateTest {

    private static TraceState parse(String... lines) {
        return TraceState.parse(List.of(lines));
    }

    @Nested
    class WhenReading {

        @Test
        void keepsLeadingBlanksOfAValueAndDropsTrailingOnes() {
            assertThat(parse("foo=  a b \t").get("foo")).contains("  a b");
        }

        @Test
        void allowsEmptyMembersAnywhere() {
            assertThat(parse(", ,foo=1,,\t,bar=2,", ",").toHeader()).isEqualTo("foo=1,bar=2");
        }

        @Test
        void countsOnlyMembersThatAreThere() {
            String members =
                    IntStream.range(0, 32).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(",,"));
            assertThat(parse(members).toHeader()).contains("k31=v");
        }

        @Test
        void takesValuesOf256CharactersAndNoMore() {
            assertThat(parse("foo=" + "x".repeat(256)).isEmpty()).isFalse();
            assertThat(parse("foo=" + "x".repeat(257)).isEmpty()).isTrue();
        }

        @Test
        void takesAKeyThatBeginsWithADigit() {
            assertThat(parse("0foo=1").get("0foo")).contains("1");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"foo", "=1", "foo=", "foo= ", "f\u00f6=1", "foo=\u00e4", "foo=a\tb", "foo=\0", "-foo=1"})
        void discardsAllForOneMemberThatIsNot(String member) {
            assertThat(parse("bar=2," + member).isEmpty()).isTrue();
        }

        @Test
        void doesNotTakeTheStartOfAKeyForTheKey() {
            assertThat(parse("foobar=1,foo=2").get("foo")).contains("2");
        }
    }

    @Nested
    class WhenTooLong {

        @Test
        void sends512CharactersWhole() {
            String whole = "a=" + "x".repeat(253) + ",b=" + "y".repeat(254);
            assertThat(whole).hasSize(512);
            assertThat(parse(whole).toHeader()).isEqualTo(whole);
        }

        @Test
        void dropsLongMembersBeforeShortOnes() {
            String shorts = IntStream.range(0, 20)
                    .mapToObj(i -> "k" + i + "=" + "v".repeat(15))
                    .collect(Collectors.joining(","));
            TraceState state = parse("long=" + "x".repeat(200) + "," + shorts);
            assertThat(state.toHeader()).isEqualTo(shorts);
        }

        @Test
        void dropsShortMembersFromTheEnd() {
            String shorts = IntStream.range(0, 32)
                    .mapToObj(i -> "k" + i + "=" + "v".repeat(30))
                    .collect(Collectors.joining(","));
            String sent = parse(shorts).toHeader();
            assertThat(sent).hasSizeLessThanOrEqualTo(512).hasSizeGreaterThan(470);
            assertThat(shorts).startsWith(sent + ",");
        }
    }

    @Nested
    class WhenChanging {

        @Test
        void aChangedMemberGoesToTheFront() {
            assertThat(parse("foo=1,bar=2,baz=3").with("bar", "9").toHeader()).isEqualTo("bar=9,foo=1,baz=3");
        }

        @Test
        void aNewMemberPushesTheLastOneOut() {
            String full = IntStream.range(0, 32).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
            assertThat(parse(full).with("own", "1").toHeader())
                    .startsWith("own=1,k0=v")
                    .endsWith(",k30=v");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "Own", "o,wn", "o=wn", " own"})
        void refusesAKeyThatIsNone(String key) {
            assertThatThrownBy(() -> TraceState.EMPTY.with(key, "1")).isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a,b=c", "a=b", "a ", "a\nb"})
        void refusesAValueThatIsNone(String value) {
            assertThatThrownBy(() -> TraceState.EMPTY.with("own", value)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
