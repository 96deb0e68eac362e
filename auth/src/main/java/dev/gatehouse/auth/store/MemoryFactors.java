// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.auth.store;

import dev.gatehouse.auth.factor.FactorStore;
import java.time.Instant;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Second factors in memory. */
final class MemoryFactors implements FactorStore {

    private static final Row NEW = new Row(Generator.NONE, -1);

    private final MemoryTable<String, Row> generators;
    private final MemoryTable<String, Set<String>> codes;

    MemoryFactors(Deque<Runnable> undo) {
        this.generators = new MemoryTable<>(undo);
        this.codes = new MemoryTable<>(undo);
    }

    boolean isEnrolled(String account) {
        return generator(account).filter(Generator::isEnrolled).isPresent();
    }

    @Override
    public void offer(String account, String sealedSecret, Instant until) {
        Row row = generators.get(account).orElse(NEW);
        Generator offered = new Generator(row.generator().confirmed(), sealedSecret, until);
        generators.put(account, new Row(offered, row.lastStep()));
    }

    @Override
    public Optional<Generator> generator(String account) {
        return generators.get(account).map(Row::generator);
    }

    @Override
    public boolean confirm(String account, String sealedSecret, long step) {
        boolean onOffer = generators
                .get(account)
                .filter(row -> sealedSecret.equals(row.generator().offered()))
                .isPresent();
        if (onOffer) {
            generators.put(account, new Row(new Generator(sealedSecret, null, null), step));
        }
        return onOffer;
    }

    @Override
    public boolean useStep(String account, long step) {
        Optional<Row> row = generators.get(account).filter(found -> found.lastStep() < step);
        row.ifPresent(found -> generators.put(account, new Row(found.generator(), step)));
        return row.isPresent();
    }

    @Override
    public boolean remove(String account) {
        boolean enrolled = isEnrolled(account);
        generators.remove(account);
        codes.remove(account);
        return enrolled;
    }

    @Override
    public void replaceRecoveryCodes(String account, List<String> hashes) {
        codes.put(account, Set.copyOf(hashes));
    }

    @Override
    public boolean useRecoveryCode(String account, String hash) {
        Set<String> left = new HashSet<>(codes.get(account).orElse(Set.of()));
        boolean used = left.remove(hash);
        if (used) {
            codes.put(account, Set.copyOf(left));
        }
        return used;
    }

    @Override
    public int recoveryCodesLeft(String account) {
        return codes.get(account).orElse(Set.of()).size();
    }

    private record Row(Generator generator, long lastStep) {}
}
