// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "key gh_Ab3-_xyz9012 used|key gh_*** used",
                "Authorization: Bearer abc.def-123|Authorization: ***",
                "sent Bearer  abc.def-123 away|sent Bearer  *** away",
                "sent bearer x|sent bearer ***",
                "Basic dXNlcjpwYXNz end|Basic *** end",
                "password=hunter2|password=***",
                "PASSWORD = hunter2 next|PASSWORD = *** next",
                "user.password: hunter2|user.password: ***",
                "{password=hunter2, user=bob}|{password=***, user=bob}",
                "a?password=hunter2&user=bob|a?password=***&user=bob",
                "password=a,b;c&d end|password=*** end",
                "password => hunter2|password => ***",
                "{\"password\":\"hun\\\"ter2\",\"a\":1}|{\"password\":\"***\",\"a\":1}",
                "{\\\"password\\\":\\\"hunter2\\\",\\\"a\\\":1}|{\\\"password\\\":\\\"***\\\",\\\"a\\\":1}",
                "{'secret': 'hunter 2'}|{'secret': '***'}",
                "client_secret=x1|client_secret=***",
                "resetToken=abc|resetToken=***",
                "x-api-key: k-1|x-api-key: ***",
                "Cookie: a=b; c=d|Cookie: ***",
                "{cookie=[a=b; c=d]}|{cookie=[***",
                "__Host-session=abcd; Path=/|__Host-session=***; Path=/",
                "jsessionid=ABC|jsessionid=***",
                "pin=1234|pin=***",
                "jdbc:postgresql://bob:hunter2@db/shop|jdbc:postgresql://bob:***@db/shop",
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA end|$argon2id$*** end",
                "$2b$10$abcdefghijklmnopqrstuv|$2b$***",
                "jwt eyJhbGciOi.eyJzdWIi.c2ln|jwt eyJ***",
                "card 4111 1111 1111 1111 ok|card *** ok",
                "card 4111-1111-1111-1111.|card ***.",
                "4111111111111111|***",
                "378282246310005|***",
                "sk_live_abcdefgh1|sk_live_***",
            })
    void masks(String text, String masked) {
        assertThat(Masking.mask(text)).isEqualTo(masked);
    }

    @Test
    void masksAPrivateKeyToItsEnd() {
        String pem = "key -----BEGIN RSA PRIVATE KEY-----\nMIIE\nxyz=\n-----END RSA PRIVATE KEY-----";

        assertThat(Masking.mask(pem)).isEqualTo("key -----BEGIN ***-----END RSA PRIVATE KEY-----");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/orders/{id} 200 in 12 ms",
                "order 01JDB3WZK3Q0S8A5V7X9Y2T4M6 paid at 2026-11-21T11:04:05.123456Z",
                "trace 4bf92f3577b34da6a3ce929d0e0e4736",
                "at 1763723045123 millis, 4111111111111112 is no card",
                "550e8400-e29b-41d4-a716-446655440000",
                "44595531-4412-4123-9559-446655440000",
                "http://127.0.0.1:8080/a@b",
                "CredentialExpiredException: account 7",
                "highscore_12345678 $HOME $5 basic settings eyJ",
                "compass: north, spinning=1",
            })
    void leavesAlone(String text) {
        assertThat(Masking.mask(text)).isSameAs(text);
    }

    @Test
    void masksTheWholeValueOfASecretName() {
        assertThat(Masking.value("db.password", "a b c")).isEqualTo("***");
        assertThat(Masking.value("note", "a b c")).isEqualTo("a b c");
    }

    @Test
    void takesTimeInProportionToTheText() {
        // Each is a way to make a careless search look ahead again and again.
        for (String unit : new String[] {"a_", "gh_", "$a", "eyJ", "basic ", "4 ", "a=", "://", "-----BEGIN ", "&a"}) {
            Masking.mask(unit.repeat(200_000));
        }
    }

    @Test
    void neverThrowsAndNeverShowsAPlantedToken() {
        Random random = new Random(11);
        String[] parts = {"password=", "gh_", "Bearer ", "\"", "'", "\\", ":", " ", "4111", "$", "eyJ", "://", "@", "\n"
        };
        for (int i = 0; i < 20_000; i++) {
            StringBuilder noise = new StringBuilder();
            for (int j = random.nextInt(8); j > 0; j--) {
                noise.append(parts[random.nextInt(parts.length)]);
            }
            String masked = Masking.mask(noise + " gh_Planted0Token9 " + noise);
            assertThat(masked).doesNotContain("Planted0Token9");
        }
    }
}
