// SPDX-License-Identifier: Apache-2.0
/** Attacks on the pipeline, its parsers and its adapters. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.http;
