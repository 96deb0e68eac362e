// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.store.ObjectName;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
        return at("data", backup);
    }

    public ObjectName chunk(String backup, String artifact, int index) {
        return at("data", backup, artifact + "." + index + ".zst.aead");
    }

    ObjectName manifests() {
        return at("manifests");
    }

    public ObjectName manifest(ManifestName name) {
        return at("manifests", "%020d-%s.json.aead".formatted(name.sequence(), name.backup()));
    }

    public ObjectName data() {
        return at("data");
    }

    ObjectName tombstones() {
        return at("tombstones");
    }

    /** Of a backup by its number, of objects without a manifest by the ID they were stored under. */
    public ObjectName tombstone(Tombstone tombstone) {
        return tombstone.isLeftover()
                ? at("tombstones", "leftover-" + tombstone.backup())
                : at("tombstones", "%020d".formatted(tombstone.sequence()));
    }

    public ObjectName leases(String backup) {
        return at("leases", backup);
    }

    ObjectName lease(String backup, String lease) {
        return at("leases", backup, lease + ".json");
    }

    public ObjectName verifications() {
        return at("verifications");
    }

    public ObjectName verifications(String backup) {
        return at("verifications", backup);
    }

    ObjectName verification(String backup, String verification) {
        return at("verifications", backup, verification + ".json");
    }

    public ObjectName proofs() {
        return at("proofs");
    }

    public ObjectName proofs(String backup) {
        return at("proofs", backup);
    }

    ObjectName proof(String backup, String drill) {
        return at("proofs", backup, drill + ".json");
    }

    public ObjectName runbooks() {
        return at("runbooks");
    }

    public ObjectName runbook(long sequence, String drill) {
        return at("runbooks", "%020d-%s.md".formatted(sequence, drill));
    }

    private ObjectName at(String... below) {
        return ObjectName.of(
                Stream.concat(Stream.of("v1", source), Stream.of(below)).toArray(String[]::new));
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
