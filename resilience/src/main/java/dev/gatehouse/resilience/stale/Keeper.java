// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.stale;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the copy of one cache: reads it once, before anybody asks, and writes it from a thread of its own when something
 * changed. A copy is never worth a failure: what goes wrong is logged and counted, and the cache works on.
 */
final class Keeper<K, V> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    /** How far ahead of our clock an answer may be dated, by another clock or one that was set back. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Shelf<K, V> shelf;
    private final CopyPlan<K, V> plan;
    private final CopyFormat format;
    private final StaleWorld world;
    private final ReentrantLock one = new ReentrantLock();
    private final ScheduledExecutorService timer;
    private long saved;

    Keeper(String cache, Shelf<K, V> shelf, CopyPlan<K, V> plan, StaleWorld world) {
        this.shelf = shelf;
        this.plan = plan;
        this.world = world;
        this.format = new CopyFormat(cache, plan.version());
        this.timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "gatehouse-stale-" + cache);
            thread.setDaemon(true);
            return thread;
        });
        load();
        long millis = plan.every().toMillis();
        var unused = timer.scheduleWithFixedDelay(this::save, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void load() {
        try {
            byte[] copy = plan.store().load(format.cache()).orElse(null);
            if (copy != null) {
                List<CopyFormat.Entry> entries = format.read(copy);
                Instant now = world.clock().instant();
                // The hottest come first in a copy, and should be the last that are taken in.
                for (int i = entries.size() - 1; i >= 0; i--) {
                    take(entries.get(i), now);
                }
            }
        } catch (Exception e) {
            world.meters().ignored();
            LOG.warn("the copy of the stale cache '{}' is left out: {}", format.cache(), e.getMessage());
        }
        saved = shelf.changes();
    }

    private void take(CopyFormat.Entry entry, Instant now) throws Exception {
        Duration age = Duration.between(entry.at, now);
        if (age.compareTo(SKEW.negated()) < 0) {
            throw new IOException("an answer of it is dated " + entry.at + ", which is yet to come");
        }
        if (age.compareTo(plan.maxAge()) < 0) {
            shelf.put(
                    plan.keys().decode(entry.key),
                    plan.values().decode(entry.value),
                    age.isNegative() ? Duration.ZERO : age);
        }
    }

    void save() {
        one.lock();
        try {
            long changes = shelf.changes();
            if (changes != saved) {
                CopyFormat.Written copy = format.write(entries(), plan.store().maxBytes());
                plan.store().save(format.cache(), copy.bytes);
                world.meters().saved(copy.leftOut);
                saved = changes;
            }
        } catch (Exception e) {
            world.meters().notSaved();
            LOG.warn("the copy of the stale cache '{}' could not be written", format.cache(), e);
        } finally {
            one.unlock();
        }
    }

    private List<CopyFormat.Entry> entries() throws Exception {
        long ticks = world.ticker().nanos();
        Instant now = world.clock().instant();
        List<CopyFormat.Entry> entries = new ArrayList<>();
        for (Map.Entry<K, Kept<V>> each : shelf.all().entrySet()) {
            Kept<V> kept = each.getValue();
            entries.add(new CopyFormat.Entry(
                    now.minusNanos(ticks - kept.at()),
                    plan.keys().encode(each.getKey()),
                    plan.values().encode(kept.value())));
        }
        return entries;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        save();
    }
}
