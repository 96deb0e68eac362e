// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the copies tell to metrics, one series a copy. What is not known is NaN, never zero. */
final class StoreMeters {

    StoreMeters(Settings.Surroundings around, StoreWatch watch) {
        for (int i = 0; i < watch.states().size(); i++) {
            register(around, watch, i);
        }
    }

    private static void register(Settings.Surroundings around, StoreWatch watch, int index) {
        String name = watch.states().get(index).place().name();
        Gauge.builder(
                        "gatehouse.backup.store.troubles",
                        watch,
                        w -> troubles(w.states().get(index)))
                .description("Whether a copy could not be read and written when it was last tried, plus its alarms")
                .baseUnit("troubles")
                .tag("store", name)
                .register(around.meters());
        TimeGauge.builder(
                        "gatehouse.backup.store.proof.age",
                        watch,
                        TimeUnit.MILLISECONDS,
                        w -> w.states()
                                .get(index)
                                .provenAt()
                                .map(at -> (double)
                                        Duration.between(at, around.clock().instant())
                                                .toMillis())
                                .orElse(Double.NaN))
                .description("Time since a copy was last read and written with its credentials")
                .tag("store", name)
                .register(around.meters());
        Gauge.builder(
                        "gatehouse.backup.store.missing",
                        watch,
                        w -> w.states()
                                .get(index)
                                .mirror()
                                .map(report -> (double) report.missing())
                                .orElse(Double.NaN))
                .description("What a mirror lacks of the first copy")
                .baseUnit("objects")
                .tag("store", name)
                .register(around.meters());
    }

    private static double troubles(StoreState state) {
        int alarms = state.mirror().map(report -> report.alarms().size()).orElse(0);
        return alarms + (state.trouble().isPresent() ? 1 : 0);
    }
}
