// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.StoreException.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Writes objects on the condition that there is none of that name. Each carries a mark of the put that made it: when an
 * answer was lost, the next attempt finds the name taken and would otherwise believe that somebody else had it.
 */
final class Uploads {

    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final String MARK = "gatehouse-put";
    private static final String NONE = "*";

    private final S3Settings settings;
    private final S3Client client;
    private final Retries retries;

    Uploads(S3Settings settings, S3Client client, Retries retries) {
        this.settings = settings;
        this.client = client;
        this.retries = retries;
    }

    PartStream begin(ObjectName name) {
        return new PartStream(this, name, settings.limits().partBytes());
    }

    String newMark() {
        byte[] bits = new byte[16];
        settings.surroundings().random().nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }

    /** Writes an object at once. */
    Put put(ObjectName name, byte[] bytes, int length) throws IOException {
        String mark = newMark();
        String checksum = Crc.of(bytes, length);
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(settings.bucket().name())
                .key(settings.key(name))
                .metadata(Map.of(MARK, mark, Crc.METADATA, checksum))
                .checksumCRC32C(checksum)
                .ifNoneMatch(NONE);
        settings.resting().storageClass().ifPresent(request::storageClass);
        settings.resting().encryption().ifPresent(request::serverSideEncryption);
        settings.resting().kmsKey().ifPresent(request::ssekmsKeyId);
        return settled(
                name,
                mark,
                () -> retries.call("writing " + name, () -> client.putObject(request.build(), body(bytes, length))));
    }

    /** Begins an object of several parts; gives the upload's ID. */
    String create(ObjectName name, String mark) throws IOException {
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(settings.bucket().name())
                .key(settings.key(name))
                .metadata(Map.of(MARK, mark))
                .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                .checksumType(ChecksumType.FULL_OBJECT);
        settings.resting().storageClass().ifPresent(request::storageClass);
        settings.resting().encryption().ifPresent(request::serverSideEncryption);
        settings.resting().kmsKey().ifPresent(request::ssekmsKeyId);
        return retries.call("beginning " + name, () -> client.createMultipartUpload(request.build()))
                .uploadId();
    }

    CompletedPart part(ObjectName name, String upload, int number, byte[] bytes, int length) throws IOException {
        String checksum = Crc.of(bytes, length);
        String tag = retries.call(
                        "writing part " + number + " of " + name,
                        () -> client.uploadPart(
                                request -> request.bucket(settings.bucket().name())
                                        .key(settings.key(name))
                                        .uploadId(upload)
                                        .partNumber(number)
                                        .checksumCRC32C(checksum),
                                body(bytes, length)))
                .eTag();
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(tag)
                .checksumCRC32C(checksum)
                .build();
    }

    /** Makes an object of the parts, if there is none of that name yet. */
    Put complete(ObjectName name, String mark, String upload, List<CompletedPart> parts, Crc whole) throws IOException {
        return settled(
                name,
                mark,
                () -> retries.call(
                        "completing " + name,
                        () -> client.completeMultipartUpload(
                                request -> request.bucket(settings.bucket().name())
                                        .key(settings.key(name))
                                        .uploadId(upload)
                                        .multipartUpload(made -> made.parts(parts))
                                        .checksumCRC32C(whole.value())
                                        .checksumType(ChecksumType.FULL_OBJECT)
                                        .ifNoneMatch(NONE))));
    }

    /** What is not aborted now is so a day later, by whoever opens the store then. */
    void abort(ObjectName name, String upload) {
        try {
            retries.call(
                    "aborting " + name,
                    () -> client.abortMultipartUpload(
                            request -> request.bucket(settings.bucket().name())
                                    .key(settings.key(name))
                                    .uploadId(upload)));
        } catch (UploadGone | NoSuchFileException e) {
            LOG.debug("the upload of {} is gone already", name);
        } catch (IOException e) {
            LOG.warn("the unfinished upload of {} could not be aborted: {}", name, e.toString());
        }
    }

    private RequestBody body(byte[] bytes, int length) {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
    }

    private Put settled(ObjectName name, String mark, Attempt attempt) throws IOException {
        try {
            attempt.run();
            return Put.STORED;
        } catch (Taken | UploadGone e) {
            boolean mine = mark.equals(writer(name, retries::call));
            if (!mine && e instanceof UploadGone) {
                throw new Unavailable(
                        settings.place(),
                        "the upload of " + name + " was aborted by somebody else",
                        java.util.Optional.empty(),
                        e);
            }
            return mine ? Put.STORED : Put.EXISTS;
        } catch (Unavailable e) {
            return storedAfterAll(name, mark, e);
        }
    }

    /** No answer says that it was written, and none that it was not; after so many attempts one look is enough. */
    private Put storedAfterAll(ObjectName name, String mark, Unavailable failure) throws IOException {
        try {
            if (mark.equals(writer(name, retries::once))) {
                return Put.STORED;
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }

    /** The mark of the put that made what is there; empty when nothing is, or it has none. */
    private String writer(ObjectName name, Asking asking) throws IOException {
        try {
            return asking.ask(
                            "asking who wrote " + name,
                            () -> client.headObject(request ->
                                    request.bucket(settings.bucket().name()).key(settings.key(name))))
                    .metadata()
                    .getOrDefault(MARK, "");
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** How often it is asked who wrote an object. */
    @FunctionalInterface
    private interface Asking {
        HeadObjectResponse ask(String what, Supplier<HeadObjectResponse> request) throws IOException;
    }

    @FunctionalInterface
    private interface Attempt {
        Object run() throws IOException;
    }
}
