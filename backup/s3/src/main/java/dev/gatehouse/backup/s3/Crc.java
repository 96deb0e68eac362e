// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** A CRC-32C (Castagnoli) as S3 writes it. It finds accidents; against attackers every object is authenticated. */
final class Crc {

    /** Where it also lies, for services that do not keep checksums. */
    static final String METADATA = "gatehouse-crc32c";

    private final CRC32C sum = new CRC32C();
    private long bytes;

    void add(byte[] buffer, int offset, int length) {
        sum.update(buffer, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    String value() {
        byte[] value = ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
        return Base64.getEncoder().encodeToString(value);
    }

    static String of(byte[] bytes, int length) {
        Crc crc = new Crc();
        crc.add(bytes, 0, length);
        return crc.value();
    }
}
