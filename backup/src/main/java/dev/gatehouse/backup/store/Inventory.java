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
import java.util.stream.Collectors;

/**
 * What one copy holds, by name.
 *
 * @param names every object
 * @param manifests the manifests of each source by sequence number
 */
record Inventory(Set<ObjectName> names, Map<String, TreeMap<Long, Manifest>> manifests) {

    private static final Pattern MANIFEST =
            Pattern.compile("v1/([^/]+)/manifests/00([0-9]{18})-([0-9a-f]{32})\\.json\\.aead");
    private static final Pattern DATA = Pattern.compile("v1/[^/]+/data/([0-9a-f]{32})/.*");
    private static final Pattern KEY = Pattern.compile("v1/keys/([0-9a-f]{32})(?:\\.[0-9]{4})?\\.wrapped");
    private static final Pattern LEASE = Pattern.compile("v1/[^/]+/leases/.*");

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
     * What belongs on every copy, in the order in which to put it there: manifests last and in their own order, nothing of
     * a backup that is not finished, and no leases, which are of the moment.
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
        Set<String> unfinished = names.stream()
                .map(name -> DATA.matcher(name.value()))
                .filter(Matcher::matches)
                .map(parts -> parts.group(1))
                .filter(backup -> !finished.contains(backup))
                .collect(Collectors.toSet());
        List<ObjectName> order = new ArrayList<>(names.stream()
                .filter(name -> !last.contains(name)
                        && !isOf(unfinished, name)
                        && !LEASE.matcher(name.value()).matches())
                .toList());
        order.addAll(last);
        return order;
    }

    private static boolean isOf(Set<String> backups, ObjectName name) {
        Matcher data = DATA.matcher(name.value());
        Matcher key = KEY.matcher(name.value());
        return (data.matches() && backups.contains(data.group(1))) || (key.matches() && backups.contains(key.group(1)));
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
