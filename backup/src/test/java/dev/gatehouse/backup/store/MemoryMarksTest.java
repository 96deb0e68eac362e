// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

import dev.gatehouse.backup.contract.HighWaterMarkContract;

class MemoryMarksTest extends HighWaterMarkContract {

    @Override
    protected HighWaterMark marks() {
        return HighWaterMark.inMemory();
    }
}
