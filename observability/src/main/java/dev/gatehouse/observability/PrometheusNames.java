// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * Gives Micrometer's own meters the names and units that Prometheus asks for: a share is a ratio, a count of processors
 * is no histogram's count, and processor time in nanoseconds is left out.
 */
final class PrometheusNames implements MeterFilter {

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        return id.getName().equals("process.cpu.time") ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (id.getName().equals("system.cpu.count")) {
            return id.withName("system.processors").withBaseUnit("processors");
        }
        if (id.getBaseUnit() != null || id.getType() != Meter.Type.GAUGE) {
            return id;
        }
        if (id.getName().endsWith(".usage")) {
            return id.withBaseUnit("ratio");
        }
        return id.getName().startsWith("system.load.average") ? id.withBaseUnit("processes") : id;
    }
}
