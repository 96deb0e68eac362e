// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth;

import java.util.ArrayList;
import java.util.List;

/** What something cost: the verbs of the store, the hashes, the mails and the events. */
final class Work {

    private final CountingStore store;
    private final World world;

    Work(World world, CountingStore store) {
        this.world = world;
        this.store = store;
    }

    List<String> of(Runnable act) {
        store.calls.clear();
        int hashed = world.hasher.hashed.get();
        int verified = world.hasher.verified.get();
        int mails = world.mails.size();
        int events = world.audit.events().size();
        act.run();
        List<String> work = new ArrayList<>(store.calls);
        work.add((world.hasher.hashed.get() - hashed) + " hashed");
        work.add((world.hasher.verified.get() - verified) + " verified");
        work.add((world.mails.size() - mails) + " mails");
        work.add((world.audit.events().size() - events) + " events");
        return work;
    }
}
