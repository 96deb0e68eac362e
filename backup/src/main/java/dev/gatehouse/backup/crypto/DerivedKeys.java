// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import dev.gatehouse.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Keys derived from passphrases by Argon2id; the last ones used are kept. */
final class DerivedKeys {

    // RFC 9106, section 4, second recommended option: 64 MiB, three passes, four lanes.
    private static final int MEMORY_KIB = 1 << 16;
    private static final int PASSES = 3;
    private static final int LANES = 4;
    private static final int BYTES = 64;
    private static final int KEPT = 64;

    private final List<Secret> passphrases;
    private final Map<String, DerivedKey> kept = new LinkedHashMap<>(16, 0.75f, true);

    /** Of these passphrases, the present one first. */
    DerivedKeys(List<Secret> passphrases) {
        this.passphrases = List.copyOf(passphrases);
    }

    int passphrases() {
        return passphrases.size();
    }

    synchronized DerivedKey key(int passphrase, byte[] salt) {
        String name = passphrase + " " + HexFormat.of().formatHex(salt);
        DerivedKey known = kept.get(name);
        if (known != null) {
            return known;
        }
        DerivedKey key = derive(passphrases.get(passphrase), salt);
        kept.put(name, key);
        if (kept.size() > KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        return key;
    }

    private static DerivedKey derive(Secret passphrase, byte[] salt) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(LANES)
                .withSalt(salt)
                .build());
        byte[] derived = new byte[BYTES];
        argon2.generateBytes(passphrase.reveal().getBytes(StandardCharsets.UTF_8), derived);
        return new DerivedKey(Arrays.copyOf(derived, 32), Arrays.copyOfRange(derived, 32, 40));
    }
}
