// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.feature;

/**
 * What to tell a user.
 *
 * @param feature which feature it is about
 * @param state how it stands
 * @param sentence what to say; text, not HTML
 */
public record Notice(String feature, FeatureState state, String sentence) {}
