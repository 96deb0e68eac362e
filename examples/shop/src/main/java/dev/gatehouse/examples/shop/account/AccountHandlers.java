// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.AccountChange;
import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.JsonFields;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Managing others' accounts. */
public final class AccountHandlers {

    private final Auth auth;
    private final Set<String> roles;

    /** Manages accounts of {@code auth}, which may have {@code roles}. */
    public AccountHandlers(Auth auth, Set<String> roles) {
        this.auth = auth;
        this.roles = Set.copyOf(roles);
    }

    /** PUT /api/accounts/{id}/roles. */
    public Answer roles(Call call) throws IOException {
        List<String> wanted = call.json(this::roles);
        return done(auth.setRoles(call.session(), call.exchange().pathVariable("id"), Set.copyOf(wanted)));
    }

    private List<String> roles(JsonFields body) {
        List<String> wanted = body.texts("roles", 0, 20, 32);
        if (!roles.containsAll(wanted)) {
            body.refuse("roles", "must be of " + roles.stream().sorted().toList());
        }
        return wanted;
    }

    /** PUT /api/accounts/{id}/status. */
    public Answer status(Call call) throws IOException {
        Account.Status wanted = call.json(AccountHandlers::status);
        return done(auth.setStatus(call.session(), call.exchange().pathVariable("id"), wanted));
    }

    private static Account.Status status(JsonFields body) {
        String word = body.text("status", 1, 20);
        for (Account.Status status : Account.Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return status;
            }
        }
        body.refuse("status", "must be active or disabled");
        return Account.Status.ACTIVE;
    }

    private static Answer done(AccountChange change) {
        return switch (change) {
            case DONE -> Answer.noContent();
            case NO_SUCH_ACCOUNT -> throw new Refusal(Problems.notFound());
            case REFUSED ->
                throw Refusal.forbidden("You cannot take privileges from yourself; another administrator can.");
        };
    }
}
