// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.store.ObjectName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which object of a store has which name, for one source.
 *
 * @param source the source's name
 */
public record Layout(String source) {

    static final ObjectName STORE = ObjectName.of("v1", "store.json");

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern ARTIFACT =
            Pattern.compile("(?:[a-z][a-z0-9-]{0,39}/)?[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.(?!\\.)){0,79}");
    private static final Pattern MANIFEST = Pattern.compile("([0-9]{20})-([0-9a-f]{32})\\.json\\.aead");

    /** Whether {@code text} has the shape of the ID of a backup or a run. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** Whether {@code text} may name a restored file: one segment, or the name of a source and one; no way out. */
    public static boolean isArtifact(String text) {
        return ARTIFACT.matcher(text).matches();
    }

    public ObjectName data(String backup) {
        return ObjectName.of("v1", source, "data", backup);
    }

    public ObjectName chunk(String backup, String artifact, int index) {
        return ObjectName.of("v1", source, "data", backup, artifact + "." + index + ".zst.aead");
    }

    ObjectName manifests() {
        return ObjectName.of("v1", source, "manifests");
    }

    public ObjectName manifest(ManifestName name) {
        return ObjectName.of("v1", source, "manifests", "%020d-%s.json.aead".formatted(name.sequence(), name.backup()));
    }

    public ObjectName data() {
        return ObjectName.of("v1", source, "data");
    }

    ObjectName tombstones() {
        return ObjectName.of("v1", source, "tombstones");
    }

    /** Of a backup by its number, of objects without a manifest by the ID they were stored under. */
    public ObjectName tombstone(Tombstone tombstone) {
        return tombstone.isLeftover()
                ? ObjectName.of("v1", source, "tombstones", "leftover-" + tombstone.backup())
                : ObjectName.of("v1", source, "tombstones", "%020d".formatted(tombstone.sequence()));
    }

    public ObjectName leases(String backup) {
        return ObjectName.of("v1", source, "leases", backup);
    }

    ObjectName lease(String backup, String lease) {
        return ObjectName.of("v1", source, "leases", backup, lease + ".json");
    }

    public ObjectName verifications() {
        return ObjectName.of("v1", source, "verifications");
    }

    public ObjectName verifications(String backup) {
        return ObjectName.of("v1", source, "verifications", backup);
    }

    ObjectName verification(String backup, String verification) {
        return ObjectName.of("v1", source, "verifications", backup, verification + ".json");
    }

    public ObjectName proofs() {
        return ObjectName.of("v1", source, "proofs");
    }

    public ObjectName proofs(String backup) {
        return ObjectName.of("v1", source, "proofs", backup);
    }

    ObjectName proof(String backup, String drill) {
        return ObjectName.of("v1", source, "proofs", backup, drill + ".json");
    }

    public ObjectName runbooks() {
        return ObjectName.of("v1", source, "runbooks");
    }

    public ObjectName runbook(long sequence, String drill) {
        return ObjectName.of("v1", source, "runbooks", "%020d-%s.md".formatted(sequence, drill));
    }

    /** What a manifest's name says; empty when it is no manifest's name. */
    Optional<ManifestName> manifestName(ObjectName name) {
        Matcher leaf = MANIFEST.matcher(name.leaf());
        if (!leaf.matches()
                || leaf.group(1).compareTo("0".repeat(20)) == 0
                || leaf.group(1).charAt(0) != '0') {
            return Optional.empty();
        }
        // 19 digits with a leading zero always fit.
        if (leaf.group(1).charAt(1) != '0') {
            return Optional.empty();
        }
        return Optional.of(new ManifestName(Long.parseLong(leaf.group(1)), leaf.group(2)));
    }

    /**
     * Which manifest.
     *
     * @param sequence the backup's number, from 1
     * @param backup its ID
     */
    public record ManifestName(long sequence, String backup) {}
}
