// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.account;

import dev.gatehouse.auth.Auth;
import dev.gatehouse.auth.KeyCreation;
import dev.gatehouse.auth.KeyRequest;
import dev.gatehouse.auth.key.ApiKey;
import dev.gatehouse.config.Secret;
import dev.gatehouse.examples.shop.web.Answer;
import dev.gatehouse.examples.shop.web.Call;
import dev.gatehouse.examples.shop.web.Refusal;
import dev.gatehouse.http.Problems;
import dev.gatehouse.json.FieldError;
import dev.gatehouse.json.JsonWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** An account's API keys. */
public final class KeyHandlers {

    private final Auth auth;

    /** Makes, lists and revokes keys of {@code auth}. */
    public KeyHandlers(Auth auth) {
        this.auth = auth;
    }

    /** POST /api/keys. */
    public Answer create(Call call) throws IOException {
        KeyRequest request = call.json(body -> new KeyRequest(
                body.text("name", 1, 200),
                Set.copyOf(body.texts("scopes", 1, 20, 40)),
                Duration.ofDays(body.integer("expiresInDays", 1, 366))));
        Secret session = auth.cookies().session(call.exchange()).orElseThrow(Endings::signedOut);
        KeyCreation creation = auth.keys().create(session, request);
        if (creation instanceof KeyCreation.Created created) {
            JsonWriter json = new JsonWriter().beginObject();
            write(json, created.key());
            return Answer.json(201, json.field("key", created.secret().reveal()).endObject());
        }
        if (creation instanceof KeyCreation.Rejected rejected) {
            throw rejected(rejected.errors(), request);
        }
        throw refusal(creation);
    }

    private static Refusal rejected(List<FieldError> errors, KeyRequest request) {
        boolean scopes = errors.stream().allMatch(error -> error.field().equals("scopes"));
        return scopes && ShopRoles.SCOPES.names().containsAll(request.scopes())
                ? Refusal.forbidden("The scopes " + errors.get(0).rule() + ".")
                : Refusal.of(named(errors));
    }

    /** The answer to a key that was not made. */
    public static Refusal refusal(KeyCreation creation) {
        if (creation instanceof KeyCreation.SignInTooOld) {
            return Refusal.forbidden("reauthenticate", "Your sign-in is too old for this; sign in again.");
        }
        if (creation instanceof KeyCreation.FactorNeeded) {
            return Refusal.forbidden("factor-required", "Use your second factor in this session first.");
        }
        return creation instanceof KeyCreation.SignedOut
                ? Endings.signedOut()
                : Refusal.forbidden("Keys are for their owner to make.");
    }

    /** The same errors by the names of this endpoint's fields. */
    public static List<FieldError> named(List<FieldError> errors) {
        return errors.stream()
                .map(error -> error.field().equals("life") ? new FieldError("expiresInDays", error.rule()) : error)
                .toList();
    }

    /** GET /api/keys. */
    public Answer list(Call call) {
        JsonWriter json = new JsonWriter().beginArray();
        for (ApiKey key : auth.keys().list(call.session())) {
            write(json.beginObject(), key);
            json.endObject();
        }
        return Answer.json(200, json.endArray());
    }

    private static void write(JsonWriter json, ApiKey key) {
        json.field("id", key.id())
                .field("name", key.name())
                .field("prefix", key.prefix())
                .field("scopes", key.scopes().stream().sorted().toList())
                .field("createdAt", key.createdAt())
                .field("expiresAt", key.expiresAt())
                .field("lastUsedAt", key.lastUsedAt());
    }

    /** DELETE /api/keys/{id}. */
    public Answer end(Call call) {
        if (!auth.keys().revoke(call.session(), call.exchange().pathVariable("id"))) {
            throw new Refusal(Problems.notFound());
        }
        return Answer.noContent();
    }
}
