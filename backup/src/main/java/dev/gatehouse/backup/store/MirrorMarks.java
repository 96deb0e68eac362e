// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import dev.gatehouse.backup.store.HighWaterMark.Mark;
import dev.gatehouse.backup.store.Inventory.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The newest backup that one mirror was ever seen to hold, so that a loss there is told from lateness. */
record MirrorMarks(BackupStore copy, HighWaterMark marks) {

    /** What the mirror held once, or must have held, and holds no more. */
    List<String> lost(Inventory primary, Inventory mirror) throws IOException {
        List<String> lost = new ArrayList<>();
        for (Map.Entry<String, TreeMap<Long, Manifest>> source :
                primary.manifests().entrySet()) {
            Optional<Mark> mark = marks.read(key(), source.getKey());
            if (mark.isPresent()) {
                TreeMap<Long, Manifest> there = mirror.manifests().getOrDefault(source.getKey(), new TreeMap<>());
                newest(mark.get(), there).ifPresent(lost::add);
                source.getValue().headMap(mark.get().sequence()).forEach((sequence, manifest) -> {
                    if (!manifest.equals(there.get(sequence))) {
                        lost.add(told(manifest.backup(), sequence));
                    }
                });
            }
        }
        return lost;
    }

    private Optional<String> newest(Mark mark, TreeMap<Long, Manifest> there) throws IOException {
        Manifest manifest = there.get(mark.sequence());
        boolean kept = manifest != null
                && manifest.backup().equals(mark.backup())
                && Comparison.sha256(copy, manifest.name()).equals(mark.manifestSha256());
        return kept ? Optional.empty() : Optional.of(told(mark.backup(), mark.sequence()));
    }

    private String told(String backup, long sequence) {
        return "backup " + backup + ": number " + sequence + " was deleted from mirror "
                + copy.place().name() + " or replaced there; find out who did it";
    }

    /** Backups that only the mirror has, although the primary keeps older ones. */
    List<String> onlyThere(Inventory primary, Inventory mirror) {
        List<String> only = new ArrayList<>();
        mirror.manifests().forEach((source, there) -> {
            TreeMap<Long, Manifest> here = primary.manifests().getOrDefault(source, new TreeMap<>());
            long oldest = here.isEmpty() ? 0 : here.firstKey();
            there.tailMap(oldest).forEach((sequence, manifest) -> {
                if (!manifest.equals(here.get(sequence))) {
                    only.add("backup " + manifest.backup() + ": number " + sequence + " is on mirror "
                            + copy.place().name() + " and not on the first copy");
                }
            });
        });
        return only;
    }

    void raise(Inventory mirror) throws IOException {
        for (Map.Entry<String, TreeMap<Long, Manifest>> source :
                mirror.manifests().entrySet()) {
            Manifest newest = source.getValue().lastEntry().getValue();
            Optional<Mark> present = marks.read(key(), source.getKey());
            if (present.isEmpty() || present.get().sequence() < newest.sequence()) {
                String hash = Comparison.sha256(copy, newest.name());
                marks.raise(key(), source.getKey(), new Mark(newest.sequence(), newest.backup(), hash));
            }
        }
    }

    private String key() {
        return "mirror-" + copy.place().name();
    }
}
