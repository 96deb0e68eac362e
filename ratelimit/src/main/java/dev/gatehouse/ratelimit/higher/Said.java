// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.audit.Actor;

/** Who said it, and why. */
record Said(Actor by, String remark) {}
