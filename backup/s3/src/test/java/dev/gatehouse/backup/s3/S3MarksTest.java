// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.s3;

import dev.gatehouse.backup.contract.HighWaterMarkContract;
import dev.gatehouse.backup.store.HighWaterMark;

class S3MarksTest extends HighWaterMarkContract {

    private final String bucket = S3Server.shared().newBucket();

    @Override
    protected HighWaterMark marks() {
        return HighWaterMark.in(S3Server.shared().store(bucket).build());
    }
}
