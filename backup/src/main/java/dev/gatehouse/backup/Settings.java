// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.drill.TimedProbe;
import dev.gatehouse.backup.pipeline.Flow;
import dev.gatehouse.backup.source.BackupSource;
import dev.gatehouse.backup.store.BackupStore;
import dev.gatehouse.backup.store.HighWaterMark;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.time.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;

/** What {@link BackupsBuilder} was told, checked. */
record Settings(
        BackupSource source,
        BackupStore store,
        KeyProvider keys,
        HighWaterMark marks,
        Optional<TimedProbe> probe,
        Optional<Due> backups,
        Optional<Due> drills,
        Path workFolder,
        Flow flow,
        Operations operations,
        Surroundings surroundings) {

    /** What is smaller never counts as good. */
    long leastBytes() {
        return operations.expectations().minimumBytes();
    }

    /** Time, randomness and where things are told. */
    record Surroundings(
            InstantSource clock, Ticker ticker, SecureRandom random, MeterRegistry meters, ChangeSink changes) {}
}
