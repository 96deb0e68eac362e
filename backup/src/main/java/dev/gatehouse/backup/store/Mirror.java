// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One mirror of a primary: gives it what it lacks, in an order in which a backup is whole there or is none. */
final class Mirror {

    private static final Logger LOG = LoggerFactory.getLogger(Mirror.class);
    private static final ObjectName ROOT = ObjectName.of("v1");
    private static final ObjectName IDENTITY = ObjectName.of("v1", "store.json");

    private final BackupStore primary;
    private final BackupStore copy;
    private final MirrorMarks marks;
    private final Comparison comparison;

    Mirror(BackupStore primary, BackupStore copy, HighWaterMark marks) {
        this.primary = primary;
        this.copy = copy;
        this.marks = new MirrorMarks(copy, marks);
        this.comparison = new Comparison(primary, copy);
    }

    BackupStore store() {
        return copy;
    }

    String name() {
        return copy.place().name();
    }

    /** Gives the mirror one object. */
    void copy(ObjectName name) throws IOException {
        try (InputStream in = primary.open(name)) {
            copy.putIfAbsent(name, in::transferTo);
        }
    }

    /** One at a time: two would copy the same objects twice. */
    synchronized CopyReport reconcile() {
        Round round = new Round();
        Optional<String> trouble = Optional.empty();
        try {
            round.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("mirror {} is behind: {}", name(), e.toString());
            trouble = Optional.of(String.valueOf(e.getMessage()));
        }
        round.alarms.forEach(alarm -> LOG.error("{}", alarm));
        return new CopyReport(name(), round.copied, round.missing, round.extra, round.alarms, trouble);
    }

    /** One pass over both stores. */
    private final class Round {

        private final List<String> alarms = new ArrayList<>();
        private long copied;
        private long missing;
        private long extra;

        void run() throws IOException {
            Inventory here = Inventory.of(primary.list(ROOT));
            requireSameIdentity(here);
            Inventory there = Inventory.of(copy.list(ROOT));
            Set<ObjectName> present = new HashSet<>(there.names());
            alarms.addAll(marks.lost(here, there));
            extra = there.names().stream()
                    .filter(name -> !here.names().contains(name))
                    .count();
            alarms.addAll(marks.onlyThere(here, there));
            copyAll(here.complete().stream()
                    .filter(name -> !present.contains(name))
                    .toList());
            alarms.addAll(comparison.differing(
                    here.complete().stream().filter(present::contains).toList()));
            marks.raise(Inventory.of(copy.list(ROOT)));
        }

        private void copyAll(List<ObjectName> names) throws IOException {
            missing = names.size();
            for (ObjectName name : names) {
                try {
                    copy(name);
                    copied++;
                } catch (NoSuchFileException e) {
                    LOG.debug("{} was deleted meanwhile", name);
                }
                missing--;
            }
        }

        /** What holds the backups of another store is never written to. */
        private void requireSameIdentity(Inventory here) throws IOException {
            if (!here.names().contains(IDENTITY)) {
                throw new IOException(
                        IDENTITY + " is missing from " + primary.place().where());
            }
            byte[] mine = Comparison.bytes(primary, IDENTITY);
            copy.putIfAbsent(IDENTITY, out -> out.write(mine));
            if (!java.util.Arrays.equals(mine, Comparison.bytes(copy, IDENTITY))) {
                throw new StoreException.Unfit(
                        copy.place(), "it holds another store's backups; give each store mirrors of its own", null);
            }
        }
    }
}
