// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.lockout;

import java.time.Instant;

/** Where attempts are counted. Each verb is atomic: concurrent callers never get more than the policy allows. */
public interface AttemptStore {

    /** Counts one attempt against {@code key}; false when the policy refuses it, and then nothing is counted. */
    boolean reserve(String key, AttemptPolicy policy, Instant now);

    /** Takes back the attempt reserved at {@code at}, for it succeeded. */
    void release(String key, Instant at);

    /** What is counted against {@code key}. */
    AttemptLog log(String key);

    /** Forgets every attempt against {@code key}. */
    void clear(String key);

    /** Removes what no window reaches any more, and says how many. */
    int purge(Instant now);
}
