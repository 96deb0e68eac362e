// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.backup.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A restored database, and what belongs to it, as one. */
record RestoredSet(SourceSet set, List<RestoredDatabase> copies) implements RestoredDatabase {

    @Override
    public String url() {
        return copies.get(0).url();
    }

    @Override
    public Connection connect() throws SQLException {
        return copies.get(0).connect();
    }

    @Override
    public Facts facts(List<Invariant> invariants) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        for (int i = 0; i < copies.size(); i++) {
            String prefix = set.prefix(set.all().get(i));
            copies.get(i)
                    .facts(i == 0 ? invariants : List.of())
                    .values()
                    .forEach((name, value) -> facts.put(prefix + name, value));
        }
        return Facts.of(facts);
    }

    @Override
    public List<String> complaints() throws SQLException {
        List<String> complaints = new ArrayList<>();
        for (RestoredDatabase copy : copies) {
            complaints.addAll(copy.complaints());
        }
        return complaints;
    }

    @Override
    public void close() throws SQLException {
        closeFrom(0);
    }

    private void closeFrom(int index) throws SQLException {
        if (index < copies.size()) {
            try {
                closeFrom(index + 1);
            } finally {
                copies.get(index).close();
            }
        }
    }
}
