// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.account.Account.Status;
import dev.gatehouse.testing.TestDatabases;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What goes into logs when a statement fails. */
final class StoreFailureTest {

    private static final String PROBE = "$argon2id$v=19$m=19456,t=2,p=1$c2VjcmV0$cHJvYmU";

    @Test
    void namesNoValueOfTheStatement() {
        AuthStore store = AuthStore.jdbc(TestDatabases.h2());
        Account account = new Account("an-id", "ann@example.org", Status.ACTIVE, Set.of(), Instant.EPOCH);
        Throwable thrown =
                catchThrowable(() -> store.transact(unit -> unit.accounts().create(account, account.email(), PROBE)));
        assertThat(thrown).isInstanceOf(AuthStoreException.class);
        StringWriter logged = new StringWriter();
        thrown.printStackTrace(new PrintWriter(logged));
        assertThat(logged.toString()).doesNotContain(PROBE, "ann@example.org");
    }
}
