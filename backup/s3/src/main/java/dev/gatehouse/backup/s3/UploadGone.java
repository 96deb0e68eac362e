// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import java.io.IOException;

/** An upload is not there any more: completed, aborted, or expired. */
final class UploadGone extends IOException {

    private static final long serialVersionUID = 1L;

    UploadGone(String message, Throwable cause) {
        super(message, cause);
    }
}
