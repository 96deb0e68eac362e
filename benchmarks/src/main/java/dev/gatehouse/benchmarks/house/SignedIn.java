// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.house;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Login;
import dev.gatehouse.auth.LoginAttempt;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import dev.gatehouse.jdbc.flyway.Migrations;
import java.util.Set;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;

/** An authentication on H2 in memory with one account that is signed in. */
record SignedIn(Auth auth, String session) {

    private static final String EMAIL = "ada@example.com";
    private static final Secret PASSWORD = Secret.of("a long walk through wet fields");

    static SignedIn create() {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
        Migrations.migrate(pool, AuthStore.SCHEMA);
        Auth auth = Auth.builder()
                .store(AuthStore.jdbc(pool))
                .mailer((tx, mail) -> {})
                .secret(Secret.of("0123456789abcdef0123456789abcdef"))
                .service("ping")
                .build();
        auth.createAdministrator(EMAIL, PASSWORD, Set.of());
        if (auth.login(LoginAttempt.of(EMAIL, PASSWORD)) instanceof Login.SignedIn signedIn) {
            return new SignedIn(auth, signedIn.session().reveal());
        }
        throw new IllegalStateException("benchmark: the account could not sign in");
    }
}
