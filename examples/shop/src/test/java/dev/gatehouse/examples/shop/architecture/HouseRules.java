// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The rules, below any root package, so that a test can show each of them failing. */
record HouseRules(String root) {

    private static final List<String> GATES = List.of("auth", "ratelimit", "resilience", "observability", "backup");

    /** Adapters on optional dependencies, with the client package that each may name and nobody else. */
    private static final List<Leaf> LEAVES = List.of(
            new Leaf("http.servlet", "jakarta.servlet.."),
            new Leaf("http.jdk", "com.sun.net.httpserver.."),
            new Leaf("jdbc.flyway", "org.flywaydb.."),
            new Leaf("context.micrometer", "io.micrometer.context.."),
            new Leaf("auth.password.bouncycastle", "org.bouncycastle.."),
            new Leaf("auth.session.postgresql", "org.postgresql.."),
            new Leaf("resilience.gameday.junit", "org.junit.jupiter.."));

    /** Where a client of a leaf is no option but what the artifact, or a choice of its user, is made of. */
    private static final Map<String, String> AT_HOME =
            Map.of("org.postgresql..", "backup.postgresql..", "org.bouncycastle..", "backup.crypto..");

    /** Modules of many rooms, some of which are public only because Java knows nothing between a package and everybody. */
    private static final List<Wing> WINGS = List.of(new Wing(
            "backup",
            List.of("format", "catalogue", "pipeline"),
            List.of("s3", "postgresql"),
            List.of("BackupException", "ProvenBackup", "ReadableBackup", "Restored", "Rewrapped")));

    private static final int LEAF_CLASSES = 3;

    ArchRule gatesDoNotKnowOneAnother() {
        return slices().matching(root + ".(" + String.join("|", GATES) + ")..")
                .should()
                .notDependOnEachOther();
    }

    ArchRule coreNamesNoGate() {
        return noClasses().that(areInCore()).should().dependOnClassesThat(resideInAnyPackage(gatePackages()));
    }

    List<ArchRule> onlyTheLeafNamesItsClient() {
        return LEAVES.stream().map(this::onlyThisLeafNamesItsClient).toList();
    }

    private ArchRule onlyThisLeafNamesItsClient(Leaf leaf) {
        return noClasses()
                .that(areLibrary())
                .and()
                .resideOutsideOfPackages(
                        root + "." + leaf.name() + "..",
                        root + ".testing..",
                        root + "." + AT_HOME.getOrDefault(leaf.client(), "testing.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(leaf.client()));
    }

    List<ArchRule> leavesAreNamedByNothingElse() {
        return LEAVES.stream().map(this::leafIsNamedByNothingElse).toList();
    }

    private ArchRule leafIsNamedByNothingElse(Leaf leaf) {
        String here = root + "." + leaf.name();
        return noClasses()
                .that(areLibrary())
                .and()
                .resideOutsideOfPackage(here)
                .should()
                .dependOnClassesThat(resideInAnyPackage(here));
    }

    List<ArchRule> leavesStaySmall() {
        return LEAVES.stream().map(this::leafStaysSmall).toList();
    }

    private ArchRule leafStaysSmall(Leaf leaf) {
        return ArchRuleDefinition.all(new LeafClasses(root + "." + leaf.name())).should(beFew(leaf));
    }

    List<ArchRule> innerRoomsAreClosed() {
        return WINGS.stream().map(this::innerRoomsAreClosed).toList();
    }

    private ArchRule innerRoomsAreClosed(Wing wing) {
        return noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(root + "." + wing.name() + ".."))
                        .or(resideInAnyPackage(below(wing, wing.nested()))))
                .should()
                .dependOnClassesThat(resideInAnyPackage(below(wing, wing.inner())));
    }

    private String[] below(Wing wing, List<String> packages) {
        return packages.stream()
                .map(name -> root + "." + wing.name() + "." + name + "..")
                .toArray(String[]::new);
    }

    List<ArchRule> roomsFormNoCircle() {
        return WINGS.stream().map(this::roomsFormNoCircle).toList();
    }

    private ArchRule roomsFormNoCircle(Wing wing) {
        return slices().assignedFrom(new Rooms(root + "." + wing.name(), wing.words()))
                .should()
                .beFreeOfCycles();
    }

    private String[] gatePackages() {
        return GATES.stream().map(gate -> root + "." + gate + "..").toArray(String[]::new);
    }

    private DescribedPredicate<JavaClass> areLibrary() {
        return DescribedPredicate.not(resideInAnyPackage(root + ".examples..", root + ".benchmarks.."));
    }

    private DescribedPredicate<JavaClass> areInCore() {
        return areLibrary().and(DescribedPredicate.not(resideInAnyPackage(gatePackages())));
    }

    private static ArchCondition<List<JavaClass>> beFew(Leaf leaf) {
        return new ArchCondition<>("be at most " + LEAF_CLASSES + " classes") {
            @Override
            public void check(List<JavaClass> classes, ConditionEvents events) {
                String found = leaf.name() + " has "
                        + classes.stream().map(JavaClass::getSimpleName).toList();
                events.add(new SimpleConditionEvent(classes, classes.size() <= LEAF_CLASSES, found));
            }
        };
    }

    private record Leaf(String name, String client) {}

    /**
     * A module of many rooms.
     *
     * @param inner the rooms for this module alone
     * @param nested packages of other artifacts within it, which its inner rooms are closed to
     * @param words what its root defines and its rooms speak of, and which speaks of nothing in the root
     */
    private record Wing(String name, List<String> inner, List<String> nested, List<String> words) {}

    /** The packages of one module, its root's words apart from the rest of its root. */
    private record Rooms(String module, List<String> words) implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String room = type.getPackageName();
            if (!(room + ".").startsWith(module + ".")) {
                return SliceIdentifier.ignore();
            }
            return room.equals(module) && words.contains(outermost(type).getSimpleName())
                    ? SliceIdentifier.of(room, "words")
                    : SliceIdentifier.of(room);
        }

        private static JavaClass outermost(JavaClass type) {
            return type.getEnclosingClass().map(Rooms::outermost).orElse(type);
        }

        @Override
        public String getDescription() {
            return "rooms of " + module;
        }
    }

    /** All top-level classes of one leaf, as one object. */
    private static final class LeafClasses
            extends com.tngtech.archunit.lang.AbstractClassesTransformer<List<JavaClass>> {

        private final String where;

        LeafClasses(String where) {
            super("the leaf " + where);
            this.where = where;
        }

        @Override
        public Iterable<List<JavaClass>> doTransform(JavaClasses classes) {
            return Arrays.asList(classes.stream()
                    .filter(type -> type.getPackageName().equals(where))
                    .filter(type ->
                            type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                    .toList());
        }
    }
}
