// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.factor;

import dev.gatehouse.auth.token.KeyedHash;
import dev.gatehouse.auth.token.Tokens;
import dev.gatehouse.config.Secret;
import java.util.List;
import java.util.stream.Stream;

/** Recovery codes: ten at a time, 120 random bits each, kept as HMAC and used once. */
final class RecoveryCodes implements FactorMethod {

    private static final int BYTES = 15;

    private final KeyedHash hash;
    private final Tokens tokens;

    RecoveryCodes(KeyedHash hash, Tokens tokens) {
        this.hash = hash;
        this.tokens = tokens;
    }

    @Override
    public FactorKind kind() {
        return FactorKind.RECOVERY_CODE;
    }

    @Override
    public boolean isEnrolled(FactorStore store, String account) {
        return store.recoveryCodesLeft(account) > 0;
    }

    @Override
    public boolean use(FactorStore store, FactorResponse response) {
        return Base32.canonical(response.text().reveal())
                .map(canonical -> store.useRecoveryCode(response.account(), hash.hex(response.account(), canonical)))
                .orElse(false);
    }

    /** Fresh codes in place of all earlier ones. */
    List<Secret> replace(FactorStore store, String account) {
        List<String> codes = Stream.generate(() -> Base32.encode(tokens.bytes(BYTES)))
                .limit(Factors.RECOVERY_CODES)
                .toList();
        store.replaceRecoveryCodes(
                account, codes.stream().map(code -> hash.hex(account, code)).toList());
        return codes.stream().map(code -> Secret.of(grouped(code))).toList();
    }

    /** In groups of four, as people copy them. */
    private static String grouped(String code) {
        return String.join("-", code.split("(?<=\\G.{4})"));
    }
}
