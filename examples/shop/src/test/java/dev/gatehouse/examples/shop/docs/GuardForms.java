// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import dev.gatehouse.resilience.AsyncWork;
import dev.gatehouse.resilience.Breaker;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.Outcome;
import dev.gatehouse.resilience.Retries;
import dev.gatehouse.resilience.jdbc.GuardedDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/** The forms of a guard, as the guide shows them. */
final class GuardForms {

    private GuardForms() {}

    static Guard payments(MeterRegistry meters) {
        // region build
        return Guard.named("payments")
                .timeout(Duration.ofMillis(800)) // one try
                .budget(Duration.ofSeconds(2)) // all tries and pauses together
                .retries(Retries.upTo(3).share(10)) // for a tenth of the calls at most
                .breaker(Breaker.standard()
                        .window(new Breaker.LastSeconds(Duration.ofSeconds(30), 20))
                        .slow(80, Duration.ofMillis(500)))
                .maxConcurrent(20)
                .maxWaiting(10)
                .hosts("api.payments.example:443")
                .host("vault.internal", "10.0.0.0/8")
                .meters(meters)
                .build();
        // endregion
    }

    static String pay(Guard payments, HttpClient client, HttpRequest request) {
        // region http
        Outcome<HttpResponse<String>> outcome = payments.send(client, request, BodyHandlers.ofString());
        if (outcome instanceof Outcome.Served<HttpResponse<String>> served) {
            return served.value().body(); // the provider's answer, be it yes or no
        }
        if (outcome instanceof Outcome.Rejected<?> rejected) {
            return "not sent: " + rejected.reason();
        }
        return "perhaps paid: ask again with the same idempotency key"; // timed out, or failed on the way
        // endregion
    }

    static CompletableFuture<String> search(Guard search, HttpClient client, HttpRequest request) {
        // region async
        return search.sendAsync(client, request, BodyHandlers.ofString())
                .thenApply(outcome ->
                        outcome.map(HttpResponse::body).orFallback(why -> "[]").value());
        // endregion
    }

    static CompletableFuture<Outcome<byte[]>> render(Guard printer, Executor workers, Callable<byte[]> printing) {
        // region blocking
        return printer.callAsync(AsyncWork.blocking(workers, printing));
        // endregion
    }

    static Outcome<Integer> stock(Guard database, DataSource pool, String sku) {
        // region jdbc
        DataSource guarded = GuardedDataSource.of(database, pool);
        return database.callIdempotent(attempt -> quantity(guarded, sku));
        // endregion
    }

    private static int quantity(DataSource source, String sku) throws SQLException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement("SELECT quantity FROM stock WHERE sku = ?")) {
            statement.setString(1, sku);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }
}
