// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.store.CopyReport;
import dev.gatehouse.backup.store.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one copy of the backups, for health, metrics and the readiness report.
 *
 * @param place where it lies
 * @param provenAt when it was last read and written with the present credentials; empty when never by this process
 * @param trouble why it could not be the last time; empty when it could
 * @param mirror how it stands beside the first copy; empty for the first copy, and before the first comparison
 */
public record StoreState(
        Place place, Optional<Instant> provenAt, Optional<Trouble> trouble, Optional<CopyReport> mirror) {

    StoreState proven(Instant now) {
        return new StoreState(place, Optional.of(now), Optional.empty(), mirror);
    }

    StoreState failed(Trouble why) {
        return new StoreState(place, provenAt, Optional.of(why), mirror);
    }

    StoreState reported(CopyReport report) {
        return new StoreState(
                place, provenAt, trouble, Optional.of(report.alarms().isEmpty() ? keeping(report) : report));
    }

    /** An alarm stays until this process ends: that a loss was mended does not tell who did it. */
    private CopyReport keeping(CopyReport report) {
        List<String> before = mirror.map(CopyReport::alarms).orElse(List.of());
        return new CopyReport(
                report.name(), report.copied(), report.missing(), report.extra(), before, report.trouble());
    }

    /**
     * What is wrong with a copy.
     *
     * @param kind what sort of thing
     * @param message in words, with the next step
     */
    public record Trouble(Kind kind, String message) {

        /** What sort of thing is wrong. */
        public enum Kind {
            /** The credentials are unknown, wrong or expired. */
            CREDENTIALS,
            /** It does not do what backups rest on. */
            UNFIT,
            /** Anything else: it is away, full, or does not allow this. */
            UNAVAILABLE
        }
    }
}
