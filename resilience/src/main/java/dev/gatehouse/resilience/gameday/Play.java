// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.resilience.gameday;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.resilience.fault.ActiveFault;
import dev.gatehouse.resilience.fault.Fault;
import dev.gatehouse.resilience.fault.Faults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One game day, from its steady state to its recovery. For one thread, once. */
final class Play {

    private final Scenario scenario;
    private final Actor actor;
    private final Stage stage;
    private final Log log;
    private final List<ActiveFault> injected = new ArrayList<>();
    private final Set<String> opened = new TreeSet<>();
    private final Map<String, Reading> lastly = new LinkedHashMap<>();

    Play(Scenario scenario, Actor actor, Stage stage) {
        this.scenario = scenario;
        this.actor = actor;
        this.stage = stage;
        this.log = new Log(stage.ticker());
    }

    /** Plays it; whatever happens, its faults have ended when this returns. */
    GameDayResult run() {
        Instant at = stage.clock().instant();
        Verdict verdict;
        try {
            steady();
            if (!log.failed()) {
                fault();
                recover();
            }
            verdict = log.verdict();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            verdict = new Verdict.Aborted("interrupted");
        } catch (RuntimeException e) {
            verdict = new Verdict.Aborted(e.toString());
        } finally {
            endFaults();
        }
        return new GameDayResult(scenario.name(), at, verdict, log.observations(), opened);
    }

    private void steady() throws InterruptedException {
        List<ActiveFault> others = faults().active();
        if (!others.isEmpty()) {
            log.fail("a fault is in force already: " + others.get(0).fault());
            return;
        }
        for (String dependency : dependencies()) {
            if (stage.circuits().isOpen(dependency)) {
                log.fail("the circuit of '" + dependency + "' is open already");
            }
        }
        for (Step step : scenario.steady()) {
            log.saw(step.what(), stage.lookout().look(step.check()));
        }
    }

    private Set<String> dependencies() {
        Set<String> names = new TreeSet<>();
        scenario.faults().forEach(fault -> names.add(fault.dependency()));
        scenario.opening().forEach(opening -> names.add(opening.dependency()));
        return names;
    }

    private void fault() throws InterruptedException {
        log.begin(Phase.FAULT);
        for (Fault fault : scenario.faults()) {
            ActiveFault active = faults().add(fault, actor);
            injected.add(active);
            log.saw(
                    "injected",
                    Reading.good(
                            active.fault() + ", seed " + active.fault().seed().orElse(0)));
        }
        log.begin(Phase.EXPECTATION);
        List<Step> pending = expectations();
        while (goesOn(pending)) {
            stage.pause();
        }
        lastly.forEach(log::saw);
        endFaults();
    }

    private List<Step> expectations() {
        List<Step> steps = new ArrayList<>(scenario.expected());
        for (Scenario.Opening opening : scenario.opening()) {
            String dependency = opening.dependency();
            steps.add(new Step(
                    "the circuit of '" + dependency + "' opens",
                    opening.within(),
                    () -> opened.contains(dependency) ? Reading.good("it was open") : Reading.bad("it stayed closed")));
        }
        return steps;
    }

    /** One round of looks; whether there must be another. */
    private boolean goesOn(List<Step> pending) throws InterruptedException {
        for (Step step : scenario.throughout()) {
            Reading reading = stage.lookout().look(step.check());
            lastly.put(step.what(), reading);
            if (!reading.holds()) {
                return false;
            }
        }
        noteCircuits();
        settle(pending);
        if (!faults().active().containsAll(injected)) {
            log.fail("the fault ended before everything expected was seen");
        }
        return !log.failed() && !(pending.isEmpty() && log.elapsed().compareTo(scenario.atLeast()) >= 0);
    }

    /** Looks at what has not come to hold yet, and takes note of what does, or never will. */
    private void settle(List<Step> pending) throws InterruptedException {
        Iterator<Step> steps = pending.iterator();
        while (steps.hasNext()) {
            Step step = steps.next();
            Reading reading = stage.lookout().look(step.check());
            if (reading.holds() || log.elapsed().compareTo(step.within()) > 0) {
                log.saw(step.what(), reading);
                steps.remove();
            }
        }
    }

    private void noteCircuits() {
        dependencies().stream().filter(stage.circuits()::isOpen).forEach(opened::add);
    }

    private void recover() throws InterruptedException {
        log.begin(Phase.RECOVERY);
        List<Step> pending = new ArrayList<>(scenario.recovery());
        settle(pending);
        while (!pending.isEmpty()) {
            stage.pause();
            settle(pending);
        }
    }

    private void endFaults() {
        injected.forEach(active -> faults().end(active, actor));
        injected.clear();
    }

    private Faults faults() {
        return stage.faults();
    }
}
