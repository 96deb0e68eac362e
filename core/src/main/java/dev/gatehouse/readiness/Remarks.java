// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import dev.gatehouse.readiness.SignOff.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** What people should know about their sign-offs: near expiry, expired, unused, overruled, or about nothing. */
final class Remarks {

    private static final int WARNING_DAYS = 14;

    private final Catalogue catalogue;
    private final List<ReadinessItem> items;
    private final LocalDate today;

    Remarks(Catalogue catalogue, List<ReadinessItem> items, Instant now) {
        this.catalogue = catalogue;
        this.items = items;
        this.today = SignOff.today(now);
    }

    List<String> about(SignOffs signOffs) {
        return signOffs.entries().stream()
                .map(this::about)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<String> about(SignOff signOff) {
        String entry =
                "sign-off " + Quoted.plain(signOff.name()) + " for " + signOff.id() + " (" + signOff.owner() + ") ";
        if (catalogue.find(signOff.id()).isEmpty()) {
            return Optional.of(entry + "is unused: there is no such requirement");
        }
        if (today.isAfter(signOff.expires())) {
            return Optional.of(entry + "expired on " + signOff.expires() + " and does not count");
        }
        if (!used(signOff)) {
            return Optional.of(entry + unused(signOff));
        }
        long days = ChronoUnit.DAYS.between(today, signOff.expires());
        return days > WARNING_DAYS
                ? Optional.empty()
                : Optional.of(entry + "expires on " + signOff.expires() + ", in " + days + " days");
    }

    private boolean used(SignOff signOff) {
        return items.stream()
                .anyMatch(item ->
                        item.id().equals(signOff.id()) && item.evidence().contains(signOff.evidence()));
    }

    private String unused(SignOff signOff) {
        ReadinessStatus status = status(signOff.id());
        boolean overruled = signOff.kind() == Kind.ATTEST && status.open();
        return overruled
                ? "is overruled: a check answers for it, and an attestation does not change what a check found"
                : "is unused: it is " + status + " without it; remove it";
    }

    private ReadinessStatus status(String id) {
        return items.stream()
                .filter(item -> item.id().equals(id))
                .map(ReadinessItem::status)
                .findFirst()
                .orElse(ReadinessStatus.UNKNOWN);
    }
}
