// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.readiness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.readiness.Requirement.AnsweredBy;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogueTest {

    private final Catalogue catalogue = Catalogue.standard();

    @Test
    void listsEveryRequirementInOrder() {
        assertThat(catalogue.requirements().stream().map(Requirement::id)).containsExactlyElementsOf(ids());
    }

    @Test
    void demandsNothingOfWhatMayBeDeferredWithoutApology() {
        assertThat(answeredBy(AnsweredBy.EXEMPT)).containsExactly("G13");
    }

    @Test
    void leavesToPeopleOnlyWhatNoProbeCanSee() {
        assertThat(answeredBy(AnsweredBy.PEOPLE)).containsExactly("C9", "G4", "G5", "G6");
        assertThat(answeredBy(AnsweredBy.BOTH)).containsExactly("A11", "C8", "G3", "G7", "G8", "G10");
    }

    @Test
    void saysSomethingOfItsOwnAboutEach() {
        assertThat(catalogue.requirements().stream().map(Requirement::title)).doesNotHaveDuplicates();
        assertThat(catalogue.requirements().stream().map(Requirement::risk)).doesNotHaveDuplicates();
        assertThat(catalogue.requirements().stream().map(Requirement::next)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A1=library|1|title|risk",
                "A1=library|9|title|risk|next",
                "A1=nobody|1|title|risk|next",
                "A1=library|1| |risk|next",
                "A=library|1|title|risk|next",
                "A1=library|1|t|r|n\nA1=library|1|t|r|n"
            })
    void refusesAnEntryThatSaysLess(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Catalogue.parse(text));
    }

    private List<String> answeredBy(AnsweredBy whom) {
        return catalogue.requirements().stream()
                .filter(each -> each.answeredBy() == whom)
                .map(Requirement::id)
                .toList();
    }

    private static List<String> ids() {
        return Stream.of("A11", "B11", "C9", "D6", "E4", "F9", "G13")
                .flatMap(last -> IntStream.rangeClosed(1, Integer.parseInt(last.substring(1)))
                        .mapToObj(number -> last.substring(0, 1) + number))
                .toList();
    }
}
