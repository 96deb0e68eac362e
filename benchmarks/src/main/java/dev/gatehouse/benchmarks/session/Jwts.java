// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** Signed tokens, HS256. */
public final class Jwts {

    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final List<String> tokens = new ArrayList<>();
    private final JWSVerifier verifier;

    /** One key for all. */
    public Jwts() {
        try {
            verifier = new MACVerifier(KEY);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs as many. */
    public void issue(int count) {
        try {
            MACSigner signer = new MACSigner(KEY);
            for (int i = 0; i < count; i++) {
                SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims(i));
                token.sign(signer);
                tokens.add(token.serialize());
            }
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWTClaimsSet claims(int index) {
        return new JWTClaimsSet.Builder()
                .subject("account" + index)
                .claim("roles", List.of("customer"))
                .expirationTime(Date.from(Instant.now().plusSeconds(86_400)))
                .build();
    }

    /** Parses and verifies a token, and looks at its expiry. */
    public JWTClaimsSet verify(int index) {
        try {
            SignedJWT token = SignedJWT.parse(tokens.get(index));
            if (!token.verify(verifier)) {
                throw new IllegalStateException("benchmark: not verified");
            }
            JWTClaimsSet claims = token.getJWTClaimsSet();
            if (!claims.getExpirationTime().toInstant().isAfter(Instant.now())) {
                throw new IllegalStateException("benchmark: expired");
            }
            return claims;
        } catch (ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
