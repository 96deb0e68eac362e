// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.json;

/**
 * One field of a request body that breaks a rule, as an answer of status 422 lists it.
 *
 * @param field the path from the body's root, such as {@code items[0].sku}; empty for the body itself
 * @param rule what the field must be, such as {@code must be 1 to 64 characters}; repeats nothing of the value
 */
public record FieldError(String field, String rule) {}
