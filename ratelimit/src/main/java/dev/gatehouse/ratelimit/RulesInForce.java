// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import dev.gatehouse.ratelimit.abuse.AbuseSignals;

/** What all groups of limits have in common. */
record RulesInForce(
        Overrides overrides,
        Exemptions exemptions,
        Networks networks,
        InFlightStore inFlight,
        Refusals refusals,
        LimitAnswers answers,
        AbuseSignals signals,
        int instances) {}
