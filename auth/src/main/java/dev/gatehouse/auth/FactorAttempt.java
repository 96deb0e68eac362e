// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.factor.FactorKind;
import dev.gatehouse.config.Secret;

/**
 * One try at the second step of a sign-in. Immutable; printing it shows no secret.
 *
 * @param pending what {@link Login.FactorRequired} gave
 * @param kind the kind of code
 * @param code the code as typed
 * @param client the client in a few words for the list of sessions, such as the User-Agent; cut at 200 characters
 */
public record FactorAttempt(Secret pending, FactorKind kind, Secret code, String client) {}
