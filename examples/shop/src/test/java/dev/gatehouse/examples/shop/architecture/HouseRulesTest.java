// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

    private static final String FIXTURE = "dev.gatehouse.examples.shop.architecture.fixture";

    @Nested
    class TheHouse {

        private final HouseRules rules = new HouseRules("dev.gatehouse");

        @Test
        void isWhollyImported() {
            assertThat(house().stream().map(type -> type.getPackageName()))
                    .contains("dev.gatehouse", "dev.gatehouse.http", "dev.gatehouse.auth", "dev.gatehouse.backup");
        }

        @Test
        void hasGatesThatDoNotKnowOneAnother() {
            rules.gatesDoNotKnowOneAnother().check(house());
        }

        @Test
        void hasACoreThatNamesNoGate() {
            rules.coreNamesNoGate().check(house());
        }

        @Test
        void namesAnOptionalDependencyInItsLeafOnly() {
            rules.onlyTheLeafNamesItsClient()
                    .forEach(rule -> rule.allowEmptyShould(true).check(house()));
        }

        @Test
        void namesNoLeafElsewhere() {
            rules.leavesAreNamedByNothingElse().forEach(rule -> rule.check(house()));
        }

        @Test
        void keepsItsLeavesSmall() {
            rules.leavesStaySmall().forEach(rule -> rule.check(house()));
        }

        @Test
        void opensItsInnerRoomsToTheirModuleOnly() {
            rules.innerRoomsAreClosed().forEach(rule -> rule.check(house()));
        }

        @Test
        void hasNoCircleOfRooms() {
            rules.roomsFormNoCircle().forEach(rule -> rule.check(house()));
        }

        private JavaClasses house() {
            return House.CLASSES;
        }
    }

    @Nested
    class ABrokenHouse {

        private final HouseRules rules = new HouseRules(FIXTURE);
        private final JavaClasses fixture = new ClassFileImporter().importPackages(FIXTURE);

        @Test
        void isRefusedWhenAGateImportsAnother() {
            assertRefused(rules.gatesDoNotKnowOneAnother(), "auth.ImportsAnotherGate");
        }

        @Test
        void isRefusedWhenCoreNamesAGate() {
            assertRefused(rules.coreNamesNoGate(), "http.NamesAGateAndALeaf");
        }

        @Test
        void isRefusedWhenALeafIsNamedElsewhere() {
            assertRefused(rules.leavesAreNamedByNothingElse().get(0), "http.NamesAGateAndALeaf");
        }

        @Test
        void isRefusedWhenTheClientOfALeafIsNamedElsewhere() {
            assertRefused(rules.onlyTheLeafNamesItsClient().get(0), "backup.NamesAServlet");
        }

        @Test
        void isRefusedWhenALeafGrows() {
            assertRefused(rules.leavesStaySmall().get(0), "http.servlet has [");
        }

        @Test
        void isRefusedWhenAnInnerRoomIsNamedFromOutside() {
            assertRefused(rules.innerRoomsAreClosed().get(0), "backup.s3.NamesAnInnerRoom");
        }

        @Test
        void isRefusedWhenTwoRoomsNameOneAnother() {
            assertRefused(rules.roomsFormNoCircle().get(0), "Cycle detected");
        }

        private void assertRefused(ArchRule rule, String culprit) {
            assertThatThrownBy(() -> rule.check(fixture))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(culprit);
        }
    }

    private static final class House {
        static final JavaClasses CLASSES = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.gatehouse");
    }
}
