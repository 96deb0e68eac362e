// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.account.Account;
import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Handler;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.observability.audit.AuditLog;
import dev.gatehouse.observability.audit.AuditPage;
import dev.gatehouse.observability.audit.AuditQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** GET /api/audit: operators and support see everybody's events, others their own. */
public final class AuditHandler implements Handler {

    private final Auth auth;
    private final AuditLog log;

    /** Reads {@code log}; {@code auth} knows whose address is whose. */
    public AuditHandler(Auth auth, AuditLog log) {
        this.auth = auth;
        this.log = log;
    }

    @Override
    public Answer handle(Call call) {
        AuditQuery query = account(call, call.query("account"))
                .map(AuditQuery.everything()::account)
                .orElse(AuditQuery.everything());
        query = instant(call, "from").map(query::from).orElse(query);
        query = instant(call, "to").map(query::to).orElse(query);
        query = call.query("cursor").map(query::cursor).orElse(query);
        if (log.find(query) instanceof AuditPage.Events events) {
            return Answer.json(200, events.toJson());
        }
        throw Refusal.of("cursor", "must be the next of an earlier page");
    }

    /** Whose events to show: everybody's only for those who may see them. */
    private Optional<String> account(Call call, Optional<String> asked) {
        Optional<String> wanted =
                asked.map(text -> auth.account(text).map(Account::id).orElse(text));
        if (call.may(ShopRoles.OPERATE) || call.may(ShopRoles.SUPPORT)) {
            return wanted;
        }
        if (!wanted.orElse(call.account()).equals(call.account())) {
            throw Refusal.forbidden("You may read the events of your own account only.");
        }
        return Optional.of(call.account());
    }

    private static Optional<Instant> instant(Call call, String name) {
        try {
            return call.query(name).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw Refusal.of(name, "must be a time such as 2026-01-31T12:00:00Z");
        }
    }
}
