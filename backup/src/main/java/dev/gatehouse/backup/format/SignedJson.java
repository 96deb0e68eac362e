// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.format;

import dev.gatehouse.backup.crypto.DataKey;
import dev.gatehouse.backup.store.ObjectName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Small JSON objects in the store that anybody can read, whose last member authenticates all bytes before it. */
record SignedJson(Vault vault) {

    private static final int LARGEST = 1 << 18;
    private static final byte[] MAC = ",\"mac\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = MAC.length + 64 + END.length;

    void write(ObjectName name, byte[] json, DataKey key) throws IOException {
        byte[] body = Arrays.copyOf(json, json.length - 1);
        byte[] file = Arrays.copyOf(body, body.length + TAIL);
        System.arraycopy(tail(key, name, body), 0, file, body.length, TAIL);
        vault.write(name, file);
    }

    private byte[] tail(DataKey key, ObjectName name, byte[] body) {
        String mac = HexFormat.of().formatHex(key.mac(vault.binding(name), body));
        return (new String(MAC, StandardCharsets.US_ASCII) + mac + new String(END, StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes(ObjectName name) throws IOException {
        return vault.read(name, LARGEST);
    }

    /** The JSON, without its last member. Who it says has signed it is not to be believed before it was opened. */
    static Decoded<byte[]> unsigned(byte[] file) {
        int length = file.length - TAIL;
        if (length < 1) {
            return new Decoded.Malformed<>("it is too short");
        }
        byte[] json = Arrays.copyOf(file, length + 1);
        json[length] = '}';
        return new Decoded.Value<>(json);
    }

    /** The JSON when it is authentic. */
    Decoded<byte[]> open(ObjectName name, byte[] file, DataKey key) {
        int length = Math.max(0, file.length - TAIL);
        byte[] body = Arrays.copyOf(file, length);
        boolean authentic = MessageDigest.isEqual(tail(key, name, body), Arrays.copyOfRange(file, length, file.length));
        return authentic ? unsigned(file) : new Decoded.Malformed<>("it is not authentic");
    }
}
