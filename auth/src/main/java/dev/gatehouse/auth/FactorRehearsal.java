// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.auth.factor.FactorStore.Generator;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.http.Access;
import dev.gatehouse.readiness.Finding;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A7: a privileged permission is refused without a factor used, and every account that holds one has a factor. */
final class FactorRehearsal {

    private static final int COUNTED = 1_000;

    private final Auth auth;
    private final Proof proof;

    FactorRehearsal(Auth auth) {
        this.auth = auth;
        this.proof = new Proof(auth.parts().clock());
    }

    /** Plays a session of each privileged role, before and after a factor was used. */
    Finding enforcement() {
        Set<String> played = privileged();
        String fault = Stage.play(auth, stage -> fault(stage, played));
        return Proof.judged(
                fault, proof.of("roles rehearsed on the store, without a factor and with one", spelled(played)));
    }

    private String fault(Stage stage, Set<String> privileged) {
        for (String role : privileged) {
            Account account = stage.account("rehearsal", role);
            Set<String> inert = inert(role);
            if (inert.stream().anyMatch(each -> judge(stage, account, each, null) != AccessRule.USE_FACTOR)) {
                return "role " + role + " acts without a second factor";
            }
            enrol(stage, account);
            Instant now = stage.parts().clock().instant();
            if (inert.stream().anyMatch(each -> judge(stage, account, each, now) != AccessRule.ADMITTED)) {
                return "role " + role + " cannot act with a second factor";
            }
        }
        return "";
    }

    private Set<String> inert(String role) {
        Roles roles = auth.roles();
        Set<String> inert = new HashSet<>(roles.permissions(Set.of(role), true));
        inert.removeAll(roles.permissions(Set.of(role), false));
        return inert;
    }

    private static void enrol(Stage stage, Account account) {
        stage.parts().factors().offer(stage.unit.factors(), account.id());
        String offered = stage.unit
                .factors()
                .generator(account.id())
                .map(Generator::offered)
                .orElseThrow();
        stage.unit.factors().confirm(account.id(), offered, 0);
    }

    private static AccessRule judge(Stage stage, Account account, String permission, @Nullable Instant factorAt) {
        Session session = stage.auth
                .sessionNow(stage.session(account, factorAt).tokens().session())
                .orElseThrow();
        return AccessRule.judge(
                Access.permission(permission), session, stage.parts().clock().instant());
    }

    /** Counts the accounts with privileged roles that have no factor yet: a thief of the password could enrol one. */
    Finding census() {
        Set<String> privileged = privileged();
        long[] counts = auth.parts().store().read(unit -> {
            var holders = unit.accounts().holding(privileged, COUNTED);
            long without = holders.stream()
                    .filter(account -> unit.factors()
                            .generator(account.id())
                            .filter(Generator::isEnrolled)
                            .isEmpty())
                    .count();
            return new long[] {holders.size(), without};
        });
        return Proof.judged(
                counts[1] == 0 ? "" : counts[1] + " accounts with a privileged role have no second factor yet",
                proof.of("active accounts with a privileged role", counts[0] + (counts[0] < COUNTED ? "" : " or more")),
                proof.of("of these without a second factor", String.valueOf(counts[1])));
    }

    private Set<String> privileged() {
        Set<String> names = new TreeSet<>(auth.roles().names());
        names.removeIf(role -> !auth.roles().isPrivileged(role));
        return names;
    }

    private static String spelled(Set<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
