// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.page;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.KeyCreation;
import dev.gatehouse.auth.KeyRequest;
import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.account.KeyHandlers;
import dev.gatehouse.examples.shop.account.ShopRoles;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** An account's API keys by hand. */
final class KeyPages {

    private static final String PAGE = "/account/keys";
    private static final String TITLE = "API keys";

    private final Auth auth;
    private final Pages pages;

    KeyPages(Auth auth, Pages pages) {
        this.auth = auth;
        this.pages = pages;
    }

    Answer list(Call call) {
        return page(200, call, form("", "90"));
    }

    private static FormView form(String name, String days) {
        return FormView.to(PAGE, "Make a key")
                .field(Field.text("name", "What it is for")
                        .with("autocomplete", "off")
                        .with("maxlength", 100)
                        .value(name))
                .field(Field.number("expiresInDays", "Days it works", 1, 366).value(days));
    }

    private Answer page(int status, Call call, FormView form) {
        List<Map<String, Object>> keys =
                auth.keys().list(call.session()).stream().map(KeyPages::row).toList();
        Set<String> mine = ShopRoles.SCOPES.grantable(
                ShopRoles.SCOPES.names(), call.session().permissions());
        form.with("keys", keys).with("hasKeys", !keys.isEmpty());
        form.with("scopes", mine.stream().sorted().toList());
        return pages.page(status, call.exchange(), "keys", TITLE, form.values());
    }

    private static Map<String, Object> row(ApiKey key) {
        return Map.of(
                "id", key.id(),
                "name", key.name(),
                "prefix", key.prefix(),
                "scopes", String.join(", ", key.scopes().stream().sorted().toList()),
                "expiresAt", When.of(key.expiresAt()),
                "lastUsed", key.lastUsedAt() == null ? List.of() : List.of(When.of(key.lastUsedAt())));
    }

    Answer create(Call call) throws IOException {
        Call.Form form = call.form();
        String days = form.field("expiresInDays").orElse("");
        FormView again = form(form.field("name").orElse(""), days);
        if (!days.matches("[0-9]{1,3}")) {
            return page(422, call, again.error("expiresInDays", "Type a number of days, 1 to 366."));
        }
        Secret session =
                auth.cookies().session(call.exchange()).orElseThrow(() -> new Refusal(Problems.unauthorized()));
        Set<String> scopes = ShopRoles.SCOPES.names().stream()
                .filter(scope -> form.field(scope).isPresent())
                .collect(Collectors.toSet());
        KeyRequest request =
                new KeyRequest(form.field("name").orElse(""), scopes, Duration.ofDays(Long.parseLong(days)));
        return answer(call, auth.keys().create(session, request), again);
    }

    private Answer answer(Call call, KeyCreation creation, FormView again) {
        if (creation instanceof KeyCreation.Created created) {
            Map<String, Object> values =
                    Map.of("name", created.key().name(), "key", created.secret().reveal());
            return pages.page(call.exchange(), "key", "Your new key", values);
        }
        if (creation instanceof KeyCreation.Rejected rejected) {
            KeyHandlers.named(rejected.errors())
                    .forEach(error -> again.error(error.field(), "This " + error.rule() + "."));
            return page(
                    422, call, again.problem("The key was not made. It needs a name, days, and at least one scope."));
        }
        throw KeyHandlers.refusal(creation);
    }

    Answer end(Call call) {
        if (!auth.keys().revoke(call.session(), call.exchange().pathVariable("id"))) {
            throw new Refusal(Problems.notFound());
        }
        return Answer.seeOther(Notices.at(PAGE, "key-ended"));
    }
}
