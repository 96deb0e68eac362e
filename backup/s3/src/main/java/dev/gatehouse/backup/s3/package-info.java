// SPDX-License-Identifier: Apache-2.0
/** Keeps backups in S3 and in what speaks its protocol: conditional, checked, bounded in memory, time and attempts. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.backup.s3;
