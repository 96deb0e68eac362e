// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads signed objects, and none twice as long as its bytes are the same. What is not authentic is an alarm and counts
 * for nothing. Not thread-safe.
 *
 * @param <T> what they are
 */
public final class SignedFolder<T> {

    /** The most that are read of one kind. */
    private static final int MOST = 2_000;

    private final Vault vault;
    private final Kind<T> kind;
    private Map<String, T> known = Map.of();

    private SignedFolder(Vault vault, Kind<T> kind) {
        this.vault = vault;
        this.kind = kind;
    }

    public static SignedFolder<Proof> proofs(Vault vault) {
        Layout layout = vault.layout();
        return new SignedFolder<>(
                vault,
                new Kind<>(
                        layout.proofs(),
                        proof -> layout.proof(proof.backup(), proof.drill()),
                        ProofJson::write,
                        new Signatures(vault)::proof));
    }

    public static SignedFolder<Tombstone> tombstones(Vault vault) {
        Layout layout = vault.layout();
        return new SignedFolder<>(
                vault,
                new Kind<>(
                        layout.tombstones(),
                        layout::tombstone,
                        TombstoneJson::write,
                        new Signatures(vault)::tombstone));
    }

    public static SignedFolder<Verification> verifications(Vault vault) {
        Layout layout = vault.layout();
        return new SignedFolder<>(
                vault,
                new Kind<>(
                        layout.verifications(),
                        verification -> layout.verification(verification.backup(), verification.id()),
                        VerificationJson::write,
                        new Signatures(vault)::verification));
    }

    public void write(T value, DataKey key) throws IOException {
        new SignedJson(vault).write(kind.place().apply(value), kind.json().apply(value), key);
    }

    public List<T> read(List<String> alarms) throws IOException {
        List<ObjectName> names = vault.store().list(kind.folder());
        Map<String, T> fresh = new HashMap<>();
        for (ObjectName name : names.subList(0, Math.min(MOST, names.size()))) {
            Optional<byte[]> bytes = bytes(name);
            if (bytes.isPresent()) {
                String key = name + "-" + Tally.sha256Hex(bytes.get());
                T value = known.get(key);
                Optional<T> read = value != null ? Optional.of(value) : read(name, bytes.get(), alarms);
                read.ifPresent(found -> fresh.put(key, found));
            }
        }
        known = fresh;
        return List.copyOf(fresh.values());
    }

    /** What went away since it was listed is not there. */
    private Optional<byte[]> bytes(ObjectName name) throws IOException {
        try {
            return Optional.of(new SignedJson(vault).bytes(name));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Optional<T> read(ObjectName name, byte[] bytes, List<String> alarms) {
        try {
            if (kind.reader().read(name, bytes) instanceof Decoded.Value<T> decoded) {
                return Optional.of(decoded.value());
            }
            alarms.add(name + " was changed or moved and does not count; look who can write to the store");
        } catch (BackupException e) {
            alarms.add(name + " cannot be checked and does not count: " + e.getMessage());
        }
        return Optional.empty();
    }

    /**
     * What tells one kind from another.
     *
     * @param folder where all of them lie
     * @param place where one lies
     * @param json one as it is written
     * @param reader how one is read
     */
    private record Kind<T>(
            ObjectName folder, Function<T, ObjectName> place, Function<T, byte[]> json, Reader<T> reader) {}

    /** Reads one object, when it is authentic. */
    @FunctionalInterface
    private interface Reader<T> {
        Decoded<T> read(ObjectName name, byte[] bytes) throws BackupException;
    }
}
