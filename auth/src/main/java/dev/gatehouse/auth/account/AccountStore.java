// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.account;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Where accounts are kept. Each verb is atomic. */
public interface AccountStore {

    /** Keeps a new account; false when its address has one already. */
    boolean create(Account account, String emailKey, String passwordHash);

    /** The account and its password hash, by the address's key. */
    Optional<Credentials> credentials(String emailKey);

    /** The account of this ID. */
    Optional<Account> find(String id);

    /** The same, and nobody else changes or locks the account before this transaction is over. */
    Optional<Account> lock(String id);

    /** Begins the account's next epoch, and locks it like {@link #lock}. Empty when there is no such account. */
    OptionalLong advanceEpoch(String id);

    /** Puts a new password hash in place of whatever there is; false when there is no such account. */
    boolean setPassword(String id, String passwordHash);

    /** Gives an account another address; false when there is no such account or the address belongs to another. */
    boolean setEmail(String id, EmailAddress email);

    /** Notes that an account was signed in to; true the first time only. */
    boolean signedIn(String id, Instant at);

    /** Replaces a password hash, unless it has changed meanwhile. */
    boolean rehash(String id, String from, String to);

    /** Changes the roles; false when there is no such account. */
    boolean setRoles(String id, Set<String> roles);

    /** Changes the status; false when there is no such account. */
    boolean setStatus(String id, Account.Status status);

    /** Active accounts that have one of these roles, at most so many. */
    List<Account> holding(Set<String> roles, int most);

    /** How many accounts there are. */
    long count();

    /** How many password hashes begin with each of these, in their order. */
    List<Long> countHashesLike(List<String> prefixes);

    /**
     * An account and the hash of its password.
     *
     * @param account the account
     * @param passwordHash as the hasher wrote it, never empty
     */
    record Credentials(Account account, String passwordHash) {

        /** Refuses an empty hash, which some hashers would take for a match. */
        public Credentials {
            if (passwordHash.isBlank()) {
                throw new IllegalArgumentException("auth: account " + account.id() + " has an empty password hash");
            }
        }

        /** Shows no hash. */
        @Override
        public String toString() {
            return "Credentials[" + account.id() + "]";
        }
    }
}
