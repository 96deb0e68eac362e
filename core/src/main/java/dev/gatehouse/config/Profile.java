// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.config;

/** What the application runs for. */
public enum Profile {
    /** For the people who build it: development values are accepted. */
    DEVELOPMENT,
    /** For its users: development values are refused unless each is allowed by name. */
    PRODUCTION
}
