// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;

/** The proofs of one source in the store, each signed under the key of the backup that was drilled. */
record Proofs(Vault vault) {

    void write(Proof proof, DataKey key) throws IOException {
        new SignedJson(vault).write(vault.layout().proof(proof.backup(), proof.drill()), ProofJson.write(proof), key);
    }

    byte[] bytes(ObjectName name) throws IOException {
        return new SignedJson(vault).bytes(name);
    }

    /** A proof that is authentic; malformed when it is not. */
    Decoded<Proof> read(ObjectName name, byte[] file, DataKey key) {
        Decoded<byte[]> json = new SignedJson(vault).open(name, file, key);
        return json instanceof Decoded.Value<byte[]> authentic
                ? ProofJson.read(authentic.value())
                : new Decoded.Malformed<>(((Decoded.Malformed<byte[]>) json).reason());
    }
}
