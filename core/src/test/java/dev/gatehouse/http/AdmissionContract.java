// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom every adapter keeps out. */
abstract class AdmissionContract extends OverSockets {

    AdmissionContract(Host host) {
        super(host);
    }

    @Nested
    class AProtectedRoute {

        @Test
        void isRefusedWhenNobodyCheckedItsRule() throws Exception {
            RawHttp.Answer answer = serving().send("GET", "/admin");
            assertThat(answer.status()).isEqualTo(401);
            assertThat(served).hasValue(0);
        }

        @Test
        void isServedWhenItsRuleWasFoundToHold() throws Exception {
            interceptors.add(before(Phase.ACCESS, exchange -> {
                exchange.admit();
                return Verdict.proceed();
            }));
            assertThat(serving().send("GET", "/admin").status()).isEqualTo(200);
        }

        @Test
        void isNeverServedWithoutADeclaredRule() throws Exception {
            interceptors.add(before(Phase.ACCESS, exchange -> {
                exchange.admit();
                return Verdict.proceed();
            }));
            assertThat(serving().send("GET", "/forgotten").status()).isEqualTo(403);
            assertThat(served).hasValue(0);
        }
    }

    @Nested
    class ARequestOfAnotherOrigin {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Site: same-site",
                    "Sec-Fetch-Site: anything",
                    "Origin: null",
                    "Origin: https://evil.example",
                    "Origin: https://shop.example.evil.example",
                    "Origin: http://shop.example",
                    "Origin: https://shop.example:8443",
                    "Origin: https://shop.example/",
                    "Origin: https://shop.example\r\nOrigin: https://evil.example",
                    "Sec-Fetch-Site: same-origin\r\nOrigin: https://evil.example",
                    "Origin: https://shop.example\r\nSec-Fetch-Site: cross-site",
                    "Authorization: Basic Bearer\r\nOrigin: null"
                })
        void changesNothing(String headers) throws Exception {
            assertThat(serving().sendBody("POST", "/open", "x", headers).status())
                    .isEqualTo(403);
            assertThat(served).hasValue(0);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Accept: */*",
                    "Sec-Fetch-Site: same-origin\r\nOrigin: https://shop.example",
                    "Sec-Fetch-Site: none",
                    "Authorization: Bearer token\r\nOrigin: https://evil.example"
                })
        void isOneOfOurOwnOtherwise(String headers) throws Exception {
            assertThat(serving().sendBody("POST", "/open", "x", headers).status())
                    .isEqualTo(200);
        }

        @Test
        void mayStillRead() throws Exception {
            assertThat(serving()
                            .send("GET", "/open", "Sec-Fetch-Site: cross-site")
                            .status())
                    .isEqualTo(200);
        }
    }
}
