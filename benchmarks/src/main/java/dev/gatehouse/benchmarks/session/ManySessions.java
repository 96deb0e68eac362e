// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.session;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.Login;
import dev.gatehouse.auth.LoginAttempt;
import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.session.SessionLimit;
import dev.gatehouse.auth.session.SessionLimit.Policy;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.config.Secret;
import dev.gatehouse.jdbc.flyway.Migrations;
import dev.gatehouse.time.Ticker;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.h2.jdbcx.JdbcConnectionPool;

/** Many sessions of ours, on H2 in memory, a hundred an account. */
public record ManySessions(Auth auth, List<String> tokens) {

    private static final int PER_ACCOUNT = 100;
    private static final Secret PASSWORD = Secret.of("a long walk through wet fields");

    /** Freezes the list. */
    public ManySessions {
        tokens = List.copyOf(tokens);
    }

    /** As many signed-in sessions, whose cache goes by {@code ticker}. */
    public static ManySessions signedIn(int count, Ticker ticker) {
        Auth auth = fresh(ticker);
        List<String> tokens = IntStream.range(0, count)
                .mapToObj(i -> signIn(auth, "user" + i / PER_ACCOUNT + "@example.com"))
                .toList();
        return new ManySessions(auth, tokens);
    }

    private static Auth fresh(Ticker ticker) {
        String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
        Migrations.migrate(pool, AuthStore.SCHEMA);
        return Auth.builder()
                .store(AuthStore.jdbc(pool))
                .hasher(new NoHash())
                .ticker(ticker)
                .mailer((tx, mail) -> {})
                .secret(Secret.of("0123456789abcdef0123456789abcdef"))
                .service("benchmark")
                .roles(Roles.none().ordinary("customer", "orders:read", "orders:write"))
                .sessionLimit(new SessionLimit(PER_ACCOUNT, Policy.REFUSE_NEW))
                .build();
    }

    private static String signIn(Auth auth, String email) {
        auth.createAdministrator(email, PASSWORD, Set.of("customer"));
        if (auth.login(LoginAttempt.of(email, PASSWORD).client("benchmark")) instanceof Login.SignedIn signedIn) {
            return signedIn.session().reveal();
        }
        throw new IllegalStateException("benchmark: " + email + " could not sign in");
    }

    /** The text of one session's cookie. */
    public String token(int index) {
        return tokens.get(index);
    }
}
