// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoginTest {

    private final Login login = Login.of(
            "jdbc:postgresql://db.example.org:6432/my%20shop?sslmode=verify-full&sslrootcert=/ca.pem&socketTimeout=10",
            "dumper", Secret.of("s3same"));

    @Test
    void reachesAChildInItsEnvironmentAndNeverOnItsCommandLine() {
        ProcessBuilder command = login.command(List.of("pg_dump"));
        assertThat(command.command()).containsExactly("pg_dump");
        Map<String, String> environment = command.environment();
        assertThat(environment)
                .containsEntry("PGHOST", "db.example.org")
                .containsEntry("PGPORT", "6432")
                .containsEntry("PGDATABASE", "my shop")
                .containsEntry("PGUSER", "dumper")
                .containsEntry("PGPASSWORD", "s3same")
                .containsEntry("PGSSLMODE", "verify-full")
                .containsEntry("PGSSLROOTCERT", "/ca.pem");
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(login.toString()).isEqualTo("dumper at db.example.org:6432/my shop");
        assertThat(login.url()).doesNotContain("s3same", "socketTimeout").contains("sslmode=verify-full");
    }

    @Test
    void theUrlMayHoldUserAndPassword() {
        Login whole = Login.of("jdbc:postgresql://[::1]/shop?user=ann&password=s3same", null, null);
        assertThat(whole.user()).isEqualTo("ann");
        assertThat(whole.password().reveal()).isEqualTo("s3same");
        assertThat(whole.command(List.of("pg_dump")).environment()).containsEntry("PGHOST", "::1");
        assertThat(whole.url()).isEqualTo("jdbc:postgresql://[::1]:5432/shop");
    }
}
