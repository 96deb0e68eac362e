// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop;

import dev.gatehouse.observability.Observability;
import dev.gatehouse.resilience.Guard;
import dev.gatehouse.resilience.feature.Feature;
import dev.gatehouse.resilience.feature.FeatureStore;
import dev.gatehouse.resilience.feature.Features;
import dev.gatehouse.resilience.feature.Need;
import dev.gatehouse.resilience.feature.Sentences;
import java.time.InstantSource;

/** What the shop offers, what each of it needs, and what customers are told when that is not there. */
final class ShopFeatures {

    /** Finding products. */
    static final String SEARCH = "search";

    /** Placing orders. */
    static final String CHECKOUT = "checkout";

    /** Charging cards. */
    static final String PAYMENTS = "payments";

    /** Sending letters. */
    static final String MAIL = "mail";

    private ShopFeatures() {}

    /** The features over these guards, switched in {@code store}. */
    static Features of(Outbound.Guards guards, FeatureStore store, Observability observability, InstantSource clock) {
        // region features
        Features features = Features.builder()
                .features(search(guards.search()), payments(guards.payments()), checkout(), mail(guards.mail()))
                .store(store)
                .audit(observability.audit())
                .changes(observability.changes())
                .clock(clock)
                .meters(observability.meters())
                .build();
        // endregion
        return features;
    }

    // region search-feature
    private static Feature search(Guard guard) {
        Sentences sentences = new Sentences(
                "Search works.",
                "Search is having trouble just now, so these results may be out of date. Prices are right.",
                "Search is switched off just now. We look through our own list instead; prices are right.");
        return Feature.named(SEARCH, sentences).needs(Need.guard(guard).optional());
    }
    // endregion

    private static Feature payments(Guard guard) {
        Sentences sentences = new Sentences(
                "Payment works.", "Payment is slow just now.", "We cannot charge cards just now, and do it later.");
        return Feature.named(PAYMENTS, sentences).needs(Need.guard(guard));
    }

    private static Feature checkout() {
        Sentences sentences = new Sentences(
                "You can order.",
                "Orders are safe, but the payment provider does not answer just now. We will charge your card once, and"
                        + " mail you, as soon as it does.",
                "You cannot order just now. Please come back a little later.");
        return Feature.named(CHECKOUT, sentences).needs(Need.feature(PAYMENTS).optional());
    }

    private static Feature mail(Guard guard) {
        Sentences sentences = new Sentences(
                "Letters arrive within a minute.",
                "Our letters are late just now. Yours is on its way, and arrives when the mail works again.",
                "We send no letters just now. Yours is kept, and sent as soon as we do.");
        return Feature.named(MAIL, sentences).needs(Need.guard(guard).optional());
    }
}
