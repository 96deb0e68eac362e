// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit.higher;

import dev.gatehouse.jdbc.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** One transaction on the tables. */
record JdbcHigherLimitUnit(Handle handle, JdbcLimitRequests asked, JdbcLimitGrants grants) implements HigherLimitUnit {

    JdbcHigherLimitUnit(Handle handle) {
        this(handle, new JdbcLimitRequests(handle), new JdbcLimitGrants(handle));
    }

    @Override
    public Tx tx() {
        return new Tx(handle.getConnection());
    }

    @Override
    public boolean file(LimitRequest request) {
        return asked.file(request);
    }

    @Override
    public Optional<LimitRequest> waiting(String account, String limit) {
        return asked.waiting(account, limit);
    }

    @Override
    public long waiting() {
        return asked.waiting();
    }

    @Override
    public Optional<LimitRequest> find(String id) {
        return asked.find(id);
    }

    @Override
    public boolean answer(String id, LimitAnswer answer) {
        return asked.answer(id, answer);
    }

    @Override
    public List<LimitRequest> requests(int most) {
        return asked.all(most);
    }

    @Override
    public void put(LimitGrant grant) {
        grants.put(grant);
    }

    @Override
    public Optional<LimitGrant> grant(String account, String limit) {
        return grants.find(account, limit);
    }

    @Override
    public long held(Instant now) {
        return grants.held(now);
    }

    @Override
    public long version() {
        return grants.version();
    }

    @Override
    public GrantChanges changesAfter(long version) {
        return grants.changesAfter(version);
    }

    @Override
    public int forget(Instant before) {
        return asked.forget(before) + grants.forget(before);
    }
}
