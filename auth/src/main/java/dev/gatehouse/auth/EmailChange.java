// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

/** How asking for another address within a session ended. Whether the address is somebody's already does not show. */
public sealed interface EmailChange permits EmailChange.CheckYourMail, EmailChange.Rejected, Reauthentication.Refused {

    /** A mail is on its way to the new address; nothing has changed until its token comes back. */
    record CheckYourMail() implements EmailChange {}

    /**
     * It is no address: 422. The password was not tried.
     *
     * @param rule the rule it breaks, for people
     */
    record Rejected(String rule) implements EmailChange {}
}
