// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.benchmarks.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;

/** Spring Session's repository in memory, as its documentation sets it up. */
public final class SpringSessions {

    private final MapSessionRepository repository = new MapSessionRepository(new ConcurrentHashMap<>());
    private final List<String> ids = new ArrayList<>();

    /** Opens as many sessions. */
    public void open(int count) {
        for (int i = 0; i < count; i++) {
            MapSession session = repository.createSession();
            session.setAttribute("account", "account" + i);
            repository.save(session);
            ids.add(session.getId());
        }
    }

    /** The session of this index; it copies the session, as it does for every request. */
    public MapSession find(int index) {
        return repository.findById(ids.get(index));
    }
}
