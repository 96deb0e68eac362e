// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.StoreException;
import dev.gatehouse.backup.store.StoreException.Unavailable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Reads an object, goes on where an answer breaks off, and compares length and checksum at the end. */
final class ObjectStream extends InputStream {

    private static final int MOST_BREAKS = 50;

    private final S3Settings settings;
    private final S3Client client;
    private final Retries retries;
    private final ObjectName name;
    private final Crc crc = new Crc();
    private final String tag;
    private final long length;
    private final Optional<String> checksum;
    private ResponseInputStream<GetObjectResponse> in;
    private int breaks;
    private int breaksHere;
    private long brokenAt;

    private ObjectStream(S3Settings settings, S3Client client, Retries retries, ObjectName name) throws IOException {
        this.settings = settings;
        this.client = client;
        this.retries = retries;
        this.name = name;
        this.in = retries.call(
                "reading " + name,
                () -> client.getObject(request -> request.bucket(
                                settings.bucket().name())
                        .key(settings.key(name))
                        .overrideConfiguration(override -> override.putHeader("x-amz-checksum-mode", "ENABLED"))));
        this.tag = in.response().eTag();
        this.length = in.response().contentLength();
        this.checksum = checksum(in.response());
    }

    static InputStream open(S3Settings settings, S3Client client, Retries retries, ObjectName name) throws IOException {
        return new ObjectStream(settings, client, retries, name);
    }

    /** The service's own, or the one that came with the object. */
    private static Optional<String> checksum(GetObjectResponse response) {
        return Optional.ofNullable(response.checksumCRC32C())
                .filter(value -> response.checksumType() != ChecksumType.COMPOSITE && !value.contains("-"))
                .or(() -> Optional.ofNullable(response.metadata().get(Crc.METADATA)));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int most) throws IOException {
        if (most == 0) {
            return 0;
        }
        while (crc.bytes() < length) {
            try {
                int read = in.read(buffer, offset, (int) Math.min(most, length - crc.bytes()));
                if (read > 0) {
                    crc.add(buffer, offset, read);
                    breaksHere = 0;
                    return read;
                }
                throw new EOFException("the answer ended after " + crc.bytes() + " of " + length + " bytes");
            } catch (IOException | SdkException e) {
                goOn(e);
            }
        }
        requireWhole();
        return -1;
    }

    private void requireWhole() throws IOException {
        if (checksum.isPresent() && !checksum.get().equals(crc.value())) {
            throw new StoreException.Damaged(settings.place(), name + " did not arrive as it was written (CRC-32C)");
        }
    }

    /** Asks for the rest, of the very object that the beginning was of. */
    private void goOn(Exception e) throws IOException {
        in.abort();
        Unavailable away =
                new Unavailable(settings.place(), "reading " + name + " broke off: " + e, Optional.empty(), e);
        breaks++;
        breaksHere++;
        if (breaks > MOST_BREAKS || breaksHere >= settings.limits().attempts()) {
            throw away;
        }
        brokenAt = breaksHere == 1 ? retries.now() : brokenAt;
        retries.pauseOrGiveUp(away, breaksHere, brokenAt);
        try {
            in = retries.call(
                    "reading on " + name,
                    () -> client.getObject(
                            request -> request.bucket(settings.bucket().name())
                                    .key(settings.key(name))
                                    .ifMatch(tag)
                                    .range("bytes=" + crc.bytes() + "-")));
        } catch (Taken replaced) {
            throw new StoreException.Damaged(settings.place(), name + " was replaced while it was read");
        }
        if (in.response().contentRange() == null) {
            in.skipNBytes(crc.bytes());
        }
    }

    @Override
    public void close() {
        if (crc.bytes() < length) {
            in.abort();
        }
        try {
            in.close();
        } catch (IOException | SdkException e) {
            in.abort();
        }
    }
}
