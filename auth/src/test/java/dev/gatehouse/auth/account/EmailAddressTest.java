// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ann",
                "ann@",
                "@example.org",
                "ann@@example.org",
                "ann@example..org",
                "a nn@example.org",
                "ann@example.org\r\nBcc: all@example.org",
                "ann@.example.org",
                "ann@example.org.",
                "<ann@example.org>",
                "ann@exa mple.org",
                "ann,bob@example.org",
                "\"ann\"@example.org",
                "ann@[127.0.0.1]",
                "ann@ex\u0000ample.org",
                "ann\u200b@example.org",
                "ann\u2028@example.org",
                "ann\u0085@example.org",
                "ann\ud800@example.org",
                "ann@example.org;bob"
            })
    void refusesWhatIsNoPlainAddress(String typed) {
        assertThat(EmailAddress.parse(typed)).isEmpty();
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(EmailAddress.parse("a".repeat(64) + "@" + "b".repeat(189))).isPresent();
        assertThat(EmailAddress.parse("a".repeat(64) + "@" + "b".repeat(190))).isEmpty();
        assertThat(EmailAddress.parse("a".repeat(65) + "@example.org")).isEmpty();
        assertThat(EmailAddress.parse("a@" + "b".repeat(100_000))).isEmpty();
    }

    @Test
    void foldsAsciiCaseAndCompositionOnlySoThatLookAlikesStayApart() {
        assertThat(key(" Ann@EXAMPLE.org ")).contains("ann@example.org");
        assertThat(key("jose\u0301@example.org")).isEqualTo(key("jos\u00e9@example.org"));
        assertThat(key("\uff4dike@example.org")).isNotEqualTo(key("mike@example.org"));
        assertThat(key("\u0130@example.org")).isNotEqualTo(key("i@example.org"));
    }

    private static Optional<String> key(String typed) {
        return EmailAddress.parse(typed).map(EmailAddress::key);
    }

    @Test
    void sendsMailToWhatItsKeyStandsFor() {
        String kelvin = "mi\u212ae@example.org";
        assertThat(EmailAddress.parse(kelvin)).contains(new EmailAddress("miKe@example.org", "mike@example.org"));
    }

    @Test
    void knowsItsParts() {
        EmailAddress address = EmailAddress.parse("Ann@Example.org").orElseThrow();
        assertThat(address.text()).isEqualTo("Ann@Example.org");
        assertThat(address.localPart()).isEqualTo("ann");
        assertThat(address.domain()).isEqualTo("example.org");
    }
}
