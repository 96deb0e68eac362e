// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.store.BackupStore.Put;
import dev.gatehouse.backup.store.ObjectName;
import dev.gatehouse.backup.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** What is proved once, before the first write: that multipart uploads keep their condition too. */
final class Fitness {

    private static final Logger LOG = LoggerFactory.getLogger(Fitness.class);

    private final S3Settings settings;
    private final S3Client client;
    private final Retries retries;
    private final Uploads uploads;
    private volatile boolean proven;

    Fitness(S3Settings settings, S3Client client, Retries retries, Uploads uploads) {
        this.settings = settings;
        this.client = client;
        this.retries = retries;
        this.uploads = uploads;
    }

    boolean isProven() {
        return proven;
    }

    synchronized void proveOnce(ObjectName canary) throws IOException {
        if (!proven) {
            multipart(canary);
            abortAbandoned();
            proven = true;
        }
    }

    private void multipart(ObjectName canary) throws IOException {
        byte[] song = "overwritten\n".getBytes(StandardCharsets.US_ASCII);
        Crc crc = new Crc();
        crc.add(song, 0, song.length);
        String mark = uploads.newMark();
        String upload = uploads.create(canary, mark);
        boolean gone = false;
        try {
            var part = uploads.part(canary, upload, 1, song, song.length);
            gone = uploads.complete(canary, mark, upload, List.of(part), crc) == Put.STORED;
        } finally {
            if (!gone) {
                uploads.abort(canary, upload);
            }
        }
        if (gone) {
            throw new StoreException.Unfit(
                    settings.place(), "a multipart upload overwrites what is there (If-None-Match is ignored)", null);
        }
    }

    /** Whoever may not list or abort uploads leaves that to others. */
    private void abortAbandoned() {
        try {
            ListMultipartUploadsResponse page = retries.call(
                    "listing uploads",
                    () -> client.listMultipartUploads(
                            request -> request.bucket(settings.bucket().name())
                                    .prefix(settings.bucket().prefix())));
            Optional<Instant> now = page.sdkHttpResponse()
                    .firstMatchingHeader("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            // The date has no fractions of a second.
            now.map(time -> time.plusSeconds(1).minus(settings.limits().waits().abandoned()))
                    .ifPresent(before -> page.uploads().stream()
                            .filter(upload -> !upload.initiated().isAfter(before))
                            .forEach(this::abort));
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "unfinished uploads in {} could not be looked for: {}",
                    settings.place().where(),
                    e.toString());
        }
    }

    private void abort(MultipartUpload upload) {
        String name = upload.key().substring(settings.bucket().prefix().length());
        if (ObjectName.isName(name)) {
            LOG.info("aborting the upload of {} of {}, which nobody finished", name, upload.initiated());
            uploads.abort(new ObjectName(name), upload.uploadId());
        }
    }
}
