// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import dev.gatehouse.auth.lockout.AttemptPolicy;
import dev.gatehouse.auth.store.AuthStore;
import dev.gatehouse.auth.store.AuthUnit;
import dev.gatehouse.auth.token.KeyedHash;
import dev.gatehouse.auth.token.Ticket.Purpose;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Reserves attempts before the work they guard. Keys are HMACs, so that the table tells nobody which addresses were
 * tried, and unknown identifiers count like known ones.
 */
final class Budgets {

    private final AuthStore store;
    private final KeyedHash hash;
    private final InstantSource clock;

    Budgets(AuthStore store, KeyedHash hash, InstantSource clock) {
        this.store = store;
        this.hash = hash;
        this.clock = clock;
    }

    /** The same in another store. */
    Budgets on(AuthStore other) {
        return new Budgets(other, hash, clock);
    }

    /** One password for an identifier, from a known device out of a budget of its own. */
    Optional<Reservation> login(String identifier, String device) {
        return reserve("login", AttemptPolicy.LOGIN, identifier, device);
    }

    /** One code for an account from a device that is not known, over however many pending sign-ins. */
    Optional<Reservation> factor(String account) {
        return reserve("factor", AttemptPolicy.FACTOR, account, "");
    }

    /**
     * One code for an account from a known device or a session: one budget for all of them, so that whoever makes
     * devices known gets no more codes.
     */
    Optional<Reservation> knownFactor(String account) {
        return reserve("factor", AttemptPolicy.FACTOR, account, "known");
    }

    /** One mail to an account's owner that its second factor is throttled; whether it is due. */
    boolean factorWarning(AuthUnit unit, String account) {
        return unit.attempts().reserve(hash.hex("factor-warning", account, ""), AttemptPolicy.WARNING, clock.instant());
    }

    /** One mail to an address. */
    Optional<Reservation> mail(String identifier) {
        return reserve("mail", AttemptPolicy.MAIL, identifier, "");
    }

    /** One mail with a token of this purpose, to an address or for an account. */
    Optional<Reservation> recovery(String whose, Purpose purpose) {
        return reserve(purpose.name(), AttemptPolicy.MAIL, whose, "");
    }

    /** One password for an account within a session. */
    Optional<Reservation> password(String account) {
        return reserve("password", AttemptPolicy.LOGIN, account, "");
    }

    /** Forgets the passwords tried for an identifier from devices that are not known. */
    void forgive(AuthUnit unit, String identifier) {
        unit.attempts().clear(hash.hex("login", identifier, ""));
    }

    /** One mail to an address that sign-ins to it are throttled. */
    Optional<Reservation> warning(String identifier) {
        return reserve("warning", AttemptPolicy.WARNING, identifier, "");
    }

    /** When sign-ins to an identifier failed that still count, or are under way; from devices that are not known. */
    List<Instant> counted(AuthUnit unit, String identifier) {
        return unit.attempts().log(hash.hex("login", identifier, "")).times().stream()
                .map(Instant::ofEpochMilli)
                .toList();
    }

    private Optional<Reservation> reserve(String kind, AttemptPolicy policy, String whose, String device) {
        Reservation wanted = new Reservation(hash.hex(kind, whose, device), clock.instant());
        boolean reserved = store.transact(unit -> unit.attempts().reserve(wanted.key, policy, wanted.at));
        return reserved ? Optional.of(wanted) : Optional.empty();
    }

    /** Gives a reservation back in a transaction of its own. */
    void release(Reservation reservation) {
        store.transact(unit -> {
            reservation.release(unit);
            return true;
        });
    }

    /** One attempt that counts until it is given back. */
    record Reservation(String key, Instant at) {

        /** Gives it back, for it succeeded. */
        void release(AuthUnit unit) {
            unit.attempts().release(key, at);
        }
    }
}
