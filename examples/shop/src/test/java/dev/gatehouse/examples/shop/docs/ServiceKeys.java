// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.docs;

import dev.gatehouse.backup.crypto.KeyProvider;
import dev.gatehouse.backup.crypto.WrongKeyException;
import java.io.IOException;
import java.util.Optional;

/**
 * The guide's key service behind the port: the service keeps the key, and never gives it out.
 *
 * @param service the client that the service's maker offers
 * @param key the key's name there
 */
// region key-service
record ServiceKeys(Service service, String key) implements KeyProvider {

    /** What a key service does; it throws {@link IOException} when it does not answer or refuses the credentials. */
    interface Service {
        byte[] encrypt(String key, byte[] plain, byte[] associatedData) throws IOException;

        /** Empty when it answered, and none of the key's versions opens it. */
        Optional<byte[]> decrypt(String key, byte[] sealed, byte[] associatedData) throws IOException;
    }

    @Override
    public byte[] wrap(byte[] dataKey, byte[] associatedData) throws IOException {
        return service.encrypt(key, dataKey, associatedData);
    }

    @Override
    public byte[] unwrap(byte[] wrapped, byte[] associatedData) throws WrongKeyException, IOException {
        return service.decrypt(key, wrapped, associatedData)
                .orElseThrow(() -> new WrongKeyException("key " + key + " of the service opens it with no version"));
    }

    @Override
    public String describe() {
        return "key service, key " + key;
    }
}
// endregion
