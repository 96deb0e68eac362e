// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.examples.shop.catalogue.Catalogue;
import dev.gatehouse.examples.shop.mail.Mail;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path data;

    private Providers providers;

    @BeforeEach
    void start() {
        Providers.Urls none = new Providers.Urls(Optional.empty(), Optional.empty(), Optional.empty());
        providers = new Providers(none, data, Catalogue.cornerShop(), InstantSource.system());
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    private HttpResponse<String> charge(String order, long amount) throws Exception {
        return put(providers.payments().resolve("/charges/" + order), "{\"amount\":" + amount + ",\"card\":\"visa\"}");
    }

    private static HttpResponse<String> put(URI uri, String body) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static String get(URI uri) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    @Test
    void anOrderIsChargedOnceHoweverOftenItIsAsked() throws Exception {
        assertThat(charge("a", 500).statusCode()).isEqualTo(201);
        assertThat(charge("a", 500).statusCode()).isEqualTo(200);
        assertThat(charge("a", 501).statusCode()).isEqualTo(409);
        assertThat(get(providers.payments().resolve("/charges"))).containsOnlyOnce("\"order\":\"a\",\"amount\":500");
    }

    @Test
    void aChargeAboveTheCardsLimitIsDeclined() throws Exception {
        assertThat(charge("a", PaymentProvider.CARD_LIMIT).statusCode()).isEqualTo(201);
        assertThat(charge("b", PaymentProvider.CARD_LIMIT + 1).statusCode()).isEqualTo(402);
    }

    @Test
    void ninetyNineOfAnyProductAreWithinTheCardsLimit() {
        assertThat(Catalogue.cornerShop().all())
                .allSatisfy(product -> assertThat(99 * product.price()).isLessThan(PaymentProvider.CARD_LIMIT));
    }

    @Test
    void theLedgerOutlivesTheProcessEvenWhenItsLastLineIsTorn() throws Exception {
        charge("a", 500);
        stop();
        tear(data.resolve("providers/charges.jsonl"));
        start();

        assertThat(charge("a", 500).statusCode()).isEqualTo(200);
        assertThat(charge("b", 700).statusCode()).isEqualTo(201);
        stop();
        start();
        assertThat(get(providers.payments().resolve("/charges"))).contains("\"order\":\"a\"", "\"order\":\"b\"");
    }

    private static void tear(Path file) throws IOException {
        Files.writeString(file, "{\"order\":\"c\",\"amo", StandardOpenOption.APPEND);
    }

    @Test
    void aMailIsDeliveredOnceAndTheMailboxShowsTheNewestFirst() throws Exception {
        for (String id : new String[] {"1", "2", "2"}) {
            Mail mail = Mail.of(id, "Ann@example.org", "subject " + id, "text");
            assertThat(put(providers.mail().resolve("/messages/" + id), mail.toJson())
                            .statusCode())
                    .isEqualTo(204);
        }
        stop();
        start();
        String mailbox = get(providers.mail().resolve("/messages?to=ann%40example.org"));
        assertThat(mailbox).containsOnlyOnce("subject 2").containsSubsequence("subject 2", "subject 1");
        assertThat(get(providers.mail().resolve("/messages?to=bob%40example.org")))
                .isEqualTo("[]");
    }

    @Test
    void searchGivesTheSkusThatMatchEveryWord() throws Exception {
        assertThat(get(providers.search().resolve("/search?q=coffee%20FILTERS")))
                .isEqualTo("{\"skus\":[\"coffee-filter\"]}");
    }

    @Test
    void aBodyThatIsNotAsAgreedIsRefused() throws Exception {
        assertThat(put(providers.payments().resolve("/charges/a"), "{").statusCode())
                .isEqualTo(400);
        assertThat(put(providers.payments().resolve("/charges/a"), "{\"amount\":0,\"card\":\"visa\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(get(providers.payments().resolve("/charges"))).isEqualTo("[]");
    }
}
