// SPDX-License-Identifier: Apache-2.0
/** Argon2id without native code, and bcrypt and scrypt hashes of other systems, by BouncyCastle. */
@org.jspecify.annotations.NullMarked
package dev.gatehouse.auth.password.bouncycastle;
