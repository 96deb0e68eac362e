// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.provider;

import dev.gatehouse.examples.shop.catalogue.Catalogue;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the shop's providers are: given from outside, or started here on sockets of their own. */
public final class Providers implements AutoCloseable {

    private final List<Provider> started = new ArrayList<>();
    private final URI payments;
    private final URI search;
    private final URI mail;

    /**
     * Where providers of one's own are.
     *
     * @param payments the payment provider
     * @param search the search provider
     * @param mail the mail provider
     */
    public record Urls(Optional<URI> payments, Optional<URI> search, Optional<URI> mail) {}

    /** Starts those that {@code urls} does not name; they keep what they know in {@code data}. */
    public Providers(Urls urls, Path data, Catalogue catalogue, InstantSource clock) {
        Path folder = data.resolve("providers");
        payments = urls.payments().orElseGet(() -> start(new PaymentProvider(folder.resolve("charges.jsonl"), clock)));
        search = urls.search().map(Providers::withoutSlash).orElseGet(() -> start(new SearchProvider(catalogue)));
        mail = urls.mail()
                .map(Providers::withoutSlash)
                .orElseGet(() -> start(new MailProvider(folder.resolve("mails.jsonl"))));
    }

    private static URI withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    private URI start(Provider provider) {
        started.add(provider);
        return provider.url();
    }

    /** Where payments are made. */
    public URI payments() {
        return payments;
    }

    /** Where products are searched. */
    public URI search() {
        return search;
    }

    /** Where mail is delivered. */
    public URI mail() {
        return mail;
    }

    @Override
    public void close() {
        started.forEach(Provider::close);
    }
}
