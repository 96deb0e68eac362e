// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup;

import dev.gatehouse.backup.runbook.RunbookSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * The runbook that is asked for.
 *
 * @param says what people have told
 * @param folders where it is written, besides the store
 */
record RunbookOrder(RunbookSettings says, List<Path> folders) {}
