// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.insight.ChangeSink;
import dev.gatehouse.time.Ticker;
import java.time.InstantSource;

/** The world features work in: time, and who is told what. */
record FeatureWorld(Ticker ticker, InstantSource clock, AuditSink audit, ChangeSink changes, FeatureMeters meters) {}
