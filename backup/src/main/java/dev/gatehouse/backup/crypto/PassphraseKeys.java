// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.crypto;

import dev.gatehouse.config.Secret;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys made of passphrases. What is wrapped says which salt to use. Whoever has read a store goes on with the salt it
 * found there, so that a store has few of them, and each costs half a second only once a process.
 */
final class PassphraseKeys implements KeyProvider {

    static final byte VERSION = 2;

    private static final int LEAST = 20;
    private static final int SALT = 16;

    private final SecureRandom random;
    private final DerivedKeys derived;
    private byte @Nullable [] salt;

    PassphraseKeys(Secret passphrase, SecureRandom random, List<Secret> before) {
        if (passphrase.reveal().length() < LEAST) {
            throw new IllegalArgumentException("backup.keys: the passphrase had "
                    + passphrase.reveal().length() + " characters but must have at least " + LEAST
                    + "; six random words are easy to keep");
        }
        List<Secret> passphrases = new ArrayList<>(List.of(passphrase));
        passphrases.addAll(before);
        this.derived = new DerivedKeys(passphrases);
        this.random = random;
    }

    @Override
    public byte[] wrap(byte[] dataKey, byte[] associatedData) {
        byte[] chosen = salt();
        byte[] sealed = derived.key(0, chosen).seal(dataKey, associatedData, random);
        return ByteBuffer.allocate(1 + SALT + sealed.length)
                .put(VERSION)
                .put(chosen)
                .put(sealed)
                .array();
    }

    private synchronized byte[] salt() {
        if (salt == null) {
            salt = new byte[SALT];
            random.nextBytes(salt);
        }
        return salt;
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associatedData) throws WrongKeyException {
        if (wrapped.length <= 1 + SALT || wrapped[0] != VERSION) {
            throw new WrongKeyException("it was not wrapped with a passphrase");
        }
        byte[] found = Arrays.copyOfRange(wrapped, 1, 1 + SALT);
        byte[] sealed = Arrays.copyOfRange(wrapped, 1 + SALT, wrapped.length);
        for (int i = 0; i < derived.passphrases(); i++) {
            byte[] opened = derived.key(i, found).open(sealed, associatedData);
            if (opened.length > 0) {
                adopt(i, found);
                return opened;
            }
        }
        throw new WrongKeyException("the passphrase does not unwrap it");
    }

    private synchronized void adopt(int passphrase, byte[] found) {
        if (salt == null && passphrase == 0) {
            salt = found;
        }
    }

    @Override
    public boolean isCurrent(byte[] wrapped) {
        return wrapped.length > 1 + SALT
                && wrapped[0] == VERSION
                && derived.key(0, Arrays.copyOfRange(wrapped, 1, 1 + SALT))
                        .isOf(Arrays.copyOfRange(wrapped, 1 + SALT, wrapped.length));
    }

    @Override
    public String describe() {
        return "a passphrase";
    }
}
