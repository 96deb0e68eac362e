// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {

    @Nested
    class Setting {

        @Test
        void isSafeUnlessAskedOtherwise() {
            assertThat(Cookie.host("session", "abc").toHeader())
                    .isEqualTo("__Host-session=abc; Path=/; Secure; HttpOnly; SameSite=Lax");
        }

        @Test
        void takesWhatIsAskedFor() {
            assertThat(Cookie.secure("theme", "dark")
                            .path("/app")
                            .maxAge(Duration.ofMinutes(5))
                            .sameSite(Cookie.SameSite.NONE)
                            .readableByScripts()
                            .toHeader())
                    .isEqualTo("__Secure-theme=dark; Path=/app; Max-Age=300; Secure; SameSite=None");
        }

        @Test
        void clearsWithTheSameAttributes() {
            assertThat(Cookie.host("session", "abc").cleared().toHeader())
                    .isEqualTo("__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
        }

        @Test
        void isInsecureOnlyByName() {
            assertThat(Cookie.insecureForLocalDevelopment("session", "abc").toHeader())
                    .isEqualTo("session=abc; Path=/; HttpOnly; SameSite=Lax");
        }

        @Test
        void hidesTheValue() {
            assertThat(Cookie.host("session", "abc")).hasToString("Cookie[__Host-session]");
        }

        @Test
        void refusesWhatItsPrefixForbids() {
            assertThatThrownBy(() -> Cookie.host("session", "a").path("/app")).hasMessageContaining("__Host-");
            assertThatThrownBy(() -> Cookie.insecureForLocalDevelopment("__Host-session", "a"))
                    .hasMessageContaining("prefix");
            assertThatThrownBy(() -> Cookie.insecureForLocalDevelopment("__secure-session", "a"))
                    .hasMessageContaining("prefix");
            assertThatThrownBy(
                            () -> Cookie.insecureForLocalDevelopment("s", "a").sameSite(Cookie.SameSite.NONE))
                    .hasMessageContaining("secure");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a b", "a;b", "a,b", "a\"b", "a\\b", "a\r\nb", "a\u0000", "ü", "\"", "\"a"})
        void refusesValuesOutsideTheGrammar(String value) {
            assertThatThrownBy(() -> Cookie.host("session", value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("__Host-session")
                    .hasMessageNotContaining(value.length() > 2 ? value : "no secret");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a=b", "a;b", "ü", "a\n"})
        void refusesNamesOutsideTheGrammar(String name) {
            assertThatThrownBy(() -> Cookie.insecureForLocalDevelopment(name, "a"))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void refusesWhatBrowsersWouldNotKeep() {
            Cookie cookie = Cookie.secure("a", "b");
            assertThatThrownBy(() -> cookie.maxAge(Duration.ofDays(401))).hasMessageContaining("400 days");
            assertThatThrownBy(() -> cookie.maxAge(Duration.ofSeconds(-1))).hasMessageContaining("PT-1S");
            assertThatThrownBy(() -> Cookie.host("a", "x".repeat(4096))).hasMessageContaining("4096");
            assertThatThrownBy(() -> cookie.path("/a;b")).hasMessageContaining("path");
            assertThatThrownBy(() -> cookie.path("app")).hasMessageContaining("path");
        }
    }

    @Nested
    class Reading {

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '\'',
                value = {
                    "a=1; b=2, b, 2",
                    "a=1;b=2, b, 2",
                    "a=1 ;  b=2  ;c=3, b, 2",
                    "a=x=y, a, x=y",
                    "a=\"q\", a, \"q\"",
                    "a=; b=2, a, ''",
                    "a=1; a=2, a, 1",
                    "broken; =x; a=1, a, 1",
                    "aa=1; a=2, a, 2",
                    "a=b c; a=1, a, 1"
                })
        void findsTheValueOfAName(String line, String name, String value) {
            assertThat(Cookies.parse(List.of(line)).get(name)).isEqualTo(value);
        }

        @ParameterizedTest
        @CsvSource(
                quoteCharacter = '\'',
                value = {
                    "a=1, b",
                    "'', a",
                    "';;;', a",
                    "A=1, a",
                    "a =1, a",
                    "a, a",
                    "a=b c, a",
                    "a=b\\c, a",
                    "a=\"b, a",
                    "'a=b,c', a",
                    "b=\"; a=1\"; c=3, d"
                })
        void findsNothingWhereTheGrammarIsBroken(String line, String name) {
            assertThat(Cookies.parse(List.of(line)).get(name)).isNull();
        }

        @Test
        void believesNeitherOfTwoCookiesWithAPrefix() {
            assertThat(Cookies.parse(List.of("__Host-session=good")).get("__Host-session"))
                    .isEqualTo("good");
            assertThat(Cookies.parse(List.of("__Host-session=planted; __Host-session=good"))
                            .get("__Host-session"))
                    .isNull();
            assertThat(Cookies.parse(List.of("__Host-session=good", "x=1; __Host-session=planted"))
                            .get("__Host-session"))
                    .isNull();
            assertThat(Cookies.parse(List.of("__host-session=planted; __Host-session=good"))
                            .get("__Host-session"))
                    .isEqualTo("good");
        }

        @Test
        void believesNothingAboveTheBounds() {
            String good = "__Host-session=good";
            assertThat(Cookies.parse(List.of(good + "; x".repeat(250))).get("__Host-session"))
                    .isNull();
            assertThat(Cookies.parse(List.of(good, "x=" + "y".repeat(17_000))).get("__Host-session"))
                    .isNull();
            assertThat(Cookies.parse(List.of(good + "; x".repeat(150))).get("__Host-session"))
                    .isEqualTo("good");
        }
    }
}
