// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a store did not do its part; the message names the store and the next step, and holds no secret. */
public abstract sealed class StoreException extends IOException {

    private static final long serialVersionUID = 1L;

    private StoreException(Place place, String message, @Nullable Throwable cause) {
        super("backup.store " + place.name() + " (" + place.where() + "): " + message, cause);
    }

    /** The first of a failure's causes that a store told. */
    public static Optional<StoreException> in(Throwable failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause()) {
            if (cause instanceof StoreException told) {
                return Optional.of(told);
            }
            depth++;
        }
        return Optional.empty();
    }

    /** The credentials are unknown, wrong or expired. */
    public static final class Credentials extends StoreException {
        private static final long serialVersionUID = 1L;

        /** Refused, for this reason. */
        public Credentials(Place place, String reason, @Nullable Throwable cause) {
            super(place, "the credentials are refused: " + reason + "; put valid ones where they are read from", cause);
        }
    }

    /** The credentials are good but do not allow this. */
    public static final class Forbidden extends StoreException {
        private static final long serialVersionUID = 1L;

        /** Not allowed, for this reason. */
        public Forbidden(Place place, String what, @Nullable Throwable cause) {
            super(place, what + " is not allowed with these credentials", cause);
        }
    }

    /** The bucket or the directory is not there. */
    public static final class Missing extends StoreException {
        private static final long serialVersionUID = 1L;

        /** It is not there. */
        public Missing(Place place, String what, @Nullable Throwable cause) {
            super(place, what + " does not exist; make it, or correct its name", cause);
        }
    }

    /** The bucket lies in another region than the one asked. */
    public static final class WrongRegion extends StoreException {
        private static final long serialVersionUID = 1L;

        /** It lies elsewhere, as far as the answer tells. */
        public WrongRegion(Place place, String reason, @Nullable Throwable cause) {
            super(place, "the bucket is in another region: " + reason + "; set region and endpoint to it", cause);
        }
    }

    /** The clocks here and there differ by more than the store accepts. */
    public static final class ClockSkew extends StoreException {
        private static final long serialVersionUID = 1L;

        /** They differ. */
        public ClockSkew(Place place, String reason, @Nullable Throwable cause) {
            super(place, "the clock here and the store's differ too much: " + reason + "; set this machine's", cause);
        }
    }

    /** The store is overloaded, broken or out of reach, and stayed so as long as it was tried; later may be better. */
    public static final class Unavailable extends StoreException {
        private static final long serialVersionUID = 1L;

        private final @Nullable Duration retryAfter;

        /** It did not answer as it should. */
        public Unavailable(Place place, String reason, Optional<Duration> retryAfter, @Nullable Throwable cause) {
            super(place, reason, cause);
            this.retryAfter = retryAfter.orElse(null);
        }

        /** How long the store asked to be left alone. */
        public Optional<Duration> retryAfter() {
            return Optional.ofNullable(retryAfter);
        }
    }

    /** What arrived is not what was sent. */
    public static final class Damaged extends StoreException {
        private static final long serialVersionUID = 1L;

        /** It differs. */
        public Damaged(Place place, String what) {
            super(place, what, null);
        }
    }

    /** The store lacks something that backups rest on, or takes what is asked of it for something else. */
    public static final class Unfit extends StoreException {
        private static final long serialVersionUID = 1L;

        /** It is of no use, for this reason. */
        public Unfit(Place place, String reason, @Nullable Throwable cause) {
            super(place, "it is not fit for backups: " + reason, cause);
        }
    }
}
