// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.BackupException;
import dev.gatehouse.backup.store.ObjectName;
import java.util.function.Function;

/** Opens the kinds of signed objects, and compares what they say with the place where they lie. */
record Signatures(Vault vault) {

    /** A proof lies in the folder of its backup, whose key signs it. */
    Decoded<Proof> proof(ObjectName name, byte[] file) throws BackupException {
        return open(name, file, folder(name), ProofJson::read);
    }

    /** A verification lies in the folder of the newest backup then, whose key signs it. */
    Decoded<Verification> verification(ObjectName name, byte[] file) throws BackupException {
        return open(name, file, folder(name), VerificationJson::read);
    }

    /** A tombstone names the approval whose key signs it. */
    Decoded<Tombstone> tombstone(ObjectName name, byte[] file) throws BackupException {
        if (SignedJson.unsigned(file) instanceof Decoded.Value<byte[]> json
                && TombstoneJson.read(json.value()) instanceof Decoded.Value<Tombstone> said) {
            Decoded<Tombstone> opened = open(name, file, said.value().plan(), TombstoneJson::read);
            return opened instanceof Decoded.Value<Tombstone> authentic && !isAt(authentic.value(), name)
                    ? new Decoded.Malformed<>("it is of another place")
                    : opened;
        }
        return new Decoded.Malformed<>("it is no tombstone");
    }

    private boolean isAt(Tombstone tombstone, ObjectName name) {
        return vault.layout().tombstone(tombstone).equals(name)
                && tombstone.store().equals(vault.storeId())
                && tombstone.source().equals(vault.layout().source());
    }

    private <T> Decoded<T> open(ObjectName name, byte[] file, String key, Function<byte[], Decoded<T>> reader)
            throws BackupException {
        Decoded<byte[]> json = new SignedJson(vault).open(name, file, vault.key(key));
        return json instanceof Decoded.Value<byte[]> authentic
                ? reader.apply(authentic.value())
                : new Decoded.Malformed<>(((Decoded.Malformed<byte[]>) json).reason());
    }

    private static String folder(ObjectName name) {
        String[] segments = name.value().split("/", -1);
        return segments[segments.length - 2];
    }
}
