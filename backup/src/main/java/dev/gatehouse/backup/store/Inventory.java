// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one copy holds, by name.
 *
 * @param names every object
 * @param manifests the manifests of each source by sequence number
 */
record Inventory(Set<ObjectName> names, Map<String, TreeMap<Long, Manifest>> manifests) {

    private static final Pattern MANIFEST =
            Pattern.compile("v1/([^/]+)/manifests/00([0-9]{18})-([0-9a-f]{32})\\.json\\.aead");
    private static final Pattern OF_BACKUP =
            Pattern.compile("v1/(?:keys/([0-9a-f]{32})(?:\\.[0-9]{4})?\\.wrapped|[^/]+/data/([0-9a-f]{32})/.*)");

    static Inventory of(Collection<ObjectName> names) {
        Map<String, TreeMap<Long, Manifest>> manifests = new TreeMap<>();
        for (ObjectName name : names) {
            Matcher parts = MANIFEST.matcher(name.value());
            if (parts.matches()) {
                Manifest manifest = new Manifest(name, Long.parseLong(parts.group(2)), parts.group(3));
                manifests
                        .computeIfAbsent(parts.group(1), source -> new TreeMap<>())
                        .put(manifest.sequence(), manifest);
            }
        }
        return new Inventory(new TreeSet<>(names), manifests);
    }

    /**
     * What belongs on every copy, in the order in which to put it there: manifests last and in their own order, and
     * nothing of a backup that is not finished.
     */
    List<ObjectName> complete() {
        Set<String> finished = new TreeSet<>();
        Set<ObjectName> last =
                new TreeSet<>(Comparator.comparing(ObjectName::leaf).thenComparing(ObjectName::value));
        manifests
                .values()
                .forEach(source -> source.values().forEach(manifest -> {
                    finished.add(manifest.backup());
                    last.add(manifest.name());
                }));
        List<ObjectName> order = new ArrayList<>(names.stream()
                .filter(name -> !last.contains(name) && isFinished(name, finished))
                .toList());
        order.addAll(last);
        return order;
    }

    private static boolean isFinished(ObjectName name, Set<String> finished) {
        Matcher parts = OF_BACKUP.matcher(name.value());
        return !parts.matches() || finished.contains(parts.group(1) != null ? parts.group(1) : parts.group(2));
    }

    /**
     * One manifest.
     *
     * @param name its object
     * @param sequence its number
     * @param backup its backup's ID
     */
    record Manifest(ObjectName name, long sequence, String backup) {}
}
