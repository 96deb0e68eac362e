// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.access.Roles;
import dev.gatehouse.auth.session.Impersonator;
import dev.gatehouse.auth.session.Session;
import dev.gatehouse.auth.session.SessionStore.Found;
import dev.gatehouse.auth.session.Sessions;
import dev.gatehouse.auth.store.AuthUnit;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Who may act as whom. It is asked when acting begins and again whenever the session is looked up, so that acting ends
 * with the actor's own session, account, factor or permission, whatever ended that.
 *
 * @param permission what it takes; empty when nobody may
 * @param roles which are privileged
 * @param sessions the rules of a session's life
 */
record Acting(String permission, Roles roles, Sessions sessions) {

    /** Whether this session may act as anybody at all. */
    boolean isAllowed(Session actor) {
        return !actor.isImpersonated()
                && !permission.isEmpty()
                && actor.factorUsed()
                && actor.permissions().contains(permission);
    }

    /** Whether an account with these roles is out of the actor's reach. */
    boolean isHigher(Set<String> subject, Session actor) {
        return subject.stream()
                .anyMatch(role -> roles.isPrivileged(role) && !actor.roles().contains(role));
    }

    /** {@code session} with whoever acts in it; empty when nobody may any more. */
    Optional<Session> judge(AuthUnit unit, Session session, String actorSession, Instant now) {
        Optional<Found> found =
                unit.sessions().byId(actorSession).filter(own -> own.row().actor() == null);
        Optional<Session> actor =
                found.flatMap(sessions::judge).filter(own -> isAllowed(own) && !isHigher(session.roles(), own));
        if (actor.isPresent() && sessions.needsTouch(found.get().row())) {
            unit.sessions().touch(found.get().row().hash(), now); // who acts is not idle
        }
        return actor.map(own -> session.actedIn(new Impersonator(own.account(), own.email(), own.id())));
    }
}
