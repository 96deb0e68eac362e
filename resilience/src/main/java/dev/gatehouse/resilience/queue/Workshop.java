// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.queue;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** What all kinds of jobs share. */
record Workshop(
        DataSource source,
        JobTable table,
        InstantSource clock,
        RandomGenerator random,
        MeterRegistry meters,
        Closing closing) {}
