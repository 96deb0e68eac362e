// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.store.Place;
import dev.gatehouse.backup.store.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Tells S3's errors apart by what helps against them. */
record Errors(Place place) {

    private static final Set<String> CREDENTIALS = Set.of(
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidToken",
            "TokenRefreshRequired",
            "InvalidSecurity",
            "NotSignedUp",
            "AccountProblem");
    private static final Set<String> SKEW = Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
    private static final Set<String> REGION =
            Set.of("PermanentRedirect", "TemporaryRedirect", "IllegalLocationConstraintException");

    /** What went wrong on the way, so that sending it again helps. */
    private static final Set<String> TRANSIENT = Set.of(
            "BadDigest",
            "XAmzContentSHA256Mismatch",
            "XAmzContentChecksumMismatch",
            "IncompleteBody",
            "RequestTimeout",
            "ConditionalRequestConflict",
            "OperationAborted",
            "SlowDown",
            "InternalError");

    IOException of(String what, SdkException e) {
        if (e instanceof AbortedException) {
            InterruptedIOException stopped = new InterruptedIOException(what + " was interrupted");
            stopped.initCause(e);
            return stopped;
        }
        if (e instanceof SdkServiceException answer) {
            return answered(what, answer);
        }
        return NoCredentials.in(e)
                .<IOException>map(none -> new StoreException.Credentials(place, none.getMessage(), none))
                .orElseGet(
                        () -> new StoreException.Unavailable(place, what + " failed: " + root(e), Optional.empty(), e));
    }

    private IOException answered(String what, SdkServiceException e) {
        String code = code(e);
        int status = e.statusCode();
        String told = what + " was answered " + status + (code.isEmpty() ? "" : " " + code);
        if (status == 412) {
            return new Taken(told, e);
        }
        if (code.equals("NoSuchUpload")) {
            return new UploadGone(told, e);
        }
        if (code.equals("NoSuchBucket")) {
            return new StoreException.Missing(place, "the bucket", e);
        }
        if (status == 404) {
            return new NoSuchFileException(told);
        }
        return access(told, code, e).orElseGet(() -> condition(told, code, e));
    }

    private Optional<IOException> access(String told, String code, SdkServiceException e) {
        if (isOtherRegion(code, e)) {
            return Optional.of(new StoreException.WrongRegion(place, told + region(e), e));
        }
        if (CREDENTIALS.contains(code) || e.statusCode() == 401) {
            return Optional.of(new StoreException.Credentials(place, told, e));
        }
        if (SKEW.contains(code)) {
            return Optional.of(new StoreException.ClockSkew(place, told + date(e), e));
        }
        return e.statusCode() == 403
                ? Optional.of(new StoreException.Forbidden(place, told + ": this", e))
                : Optional.empty();
    }

    private static boolean isOtherRegion(String code, SdkServiceException e) {
        return REGION.contains(code)
                || e.statusCode() == 301
                || e.statusCode() == 307
                || (code.equals("AuthorizationHeaderMalformed") && message(e).contains("region"));
    }

    private IOException condition(String told, String code, SdkServiceException e) {
        int status = e.statusCode();
        boolean overloaded = status == 408 || status == 429 || (status >= 500 && status != 501);
        if (overloaded || TRANSIENT.contains(code)) {
            return new StoreException.Unavailable(place, told, retryAfter(e), e);
        }
        return new StoreException.Unfit(place, told + (message(e).isEmpty() ? "" : ": " + message(e)), e);
    }

    private static String code(SdkServiceException e) {
        return details(e).map(AwsErrorDetails::errorCode).orElse("");
    }

    private static String message(SdkServiceException e) {
        String text = details(e).map(AwsErrorDetails::errorMessage).orElse("").replaceAll("\\p{Cntrl}", " ");
        return text.length() > 300 ? text.substring(0, 300) : text;
    }

    private static Optional<AwsErrorDetails> details(SdkServiceException e) {
        return e instanceof AwsServiceException aws ? Optional.ofNullable(aws.awsErrorDetails()) : Optional.empty();
    }

    private static Optional<String> header(SdkServiceException e, String name) {
        return details(e)
                .flatMap(details -> Optional.<SdkHttpResponse>ofNullable(details.sdkHttpResponse()))
                .flatMap(response -> response.firstMatchingHeader(name));
    }

    private static String region(SdkServiceException e) {
        return header(e, "x-amz-bucket-region")
                .map(region -> ", it is in " + region)
                .orElseGet(() -> message(e).isEmpty() ? "" : ", " + message(e));
    }

    private static String date(SdkServiceException e) {
        return header(e, "Date").map(date -> ", its clock says " + date).orElse("");
    }

    /** Whole seconds only; a date would be judged by two clocks that may differ. */
    private static Optional<Duration> retryAfter(SdkServiceException e) {
        return header(e, "Retry-After")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    private static String root(Throwable e) {
        Throwable cause = e;
        for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
            cause = cause.getCause();
        }
        return cause.toString();
    }
}
