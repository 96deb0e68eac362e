// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.store;

class MemoryMarksTest extends HighWaterMarkContract {

    @Override
    HighWaterMark marks() {
        return HighWaterMark.inMemory();
    }
}
