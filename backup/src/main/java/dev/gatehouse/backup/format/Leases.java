// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.json.JsonFields;
import dev.gatehouse.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes in the store that a backup is being read, so that retention does not remove it meanwhile, from whatever process.
 * A note that nobody took away ends by itself; one that cannot be read counts, for not to remove is the safe side.
 */
public record Leases(Vault vault, InstantSource clock) {

    /** Longer than a restore takes; a reader that was killed defers a removal by as much. */
    static final Duration LASTS = Duration.ofDays(2);

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final int LARGEST = 1_000;

    /** Notes that a backup is being read. Whoever may only read the store gets none, and relies on the removal's delay. */
    public Lease take(String backup) {
        ObjectName name = vault.layout().lease(backup, vault.newId());
        byte[] json = new JsonWriter()
                .beginObject()
                .field("format", ManifestJson.FORMAT)
                .field("version", ManifestJson.VERSION)
                .field("until", clock.instant().plus(LASTS))
                .endObject()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        try {
            vault.write(name, json);
        } catch (IOException e) {
            LOG.debug("no lease on backup {}: {}", backup, e.toString());
        }
        return () -> giveBack(name);
    }

    private void giveBack(ObjectName name) {
        try {
            vault.store().delete(name);
        } catch (IOException e) {
            LOG.debug("{} stays until it ends: {}", name, e.toString());
        }
    }

    /** Whether somebody reads this backup. */
    public boolean isHeld(String backup) throws IOException {
        for (ObjectName name : vault.store().list(vault.layout().leases(backup))) {
            if (isHeld(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean isHeld(ObjectName name) throws IOException {
        try {
            byte[] bytes = vault.read(name, LARGEST);
            return !(Fields.read(bytes, Leases::until) instanceof Decoded.Value<Instant> until)
                    || until.value().isAfter(clock.instant());
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static Supplier<Instant> until(JsonFields fields) {
        fields.only("format", "version", "until");
        Instant until = Fields.instant(fields, "until");
        return () -> until;
    }

    /** Held while a backup is read. */
    @FunctionalInterface
    public interface Lease extends AutoCloseable {
        @Override
        void close();
    }
}
