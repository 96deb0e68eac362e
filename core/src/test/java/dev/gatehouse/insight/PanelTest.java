// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.audit.Actor;
import dev.gatehouse.insight.Panel.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PanelTest {

    @Test
    void anActionTellsWhatCameOfItAndForWhom() throws Exception {
        Action drill = new Action("start-drill", "Drill", "Restores the newest backup", actor -> "started by " + actor);

        assertThat(drill.handler().run(Actor.account("op"))).isEqualTo("started by account:op");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Drill", "start drill", "../drill", "drill-"})
    void anActionNeedsANameThatCanStandInAnAddress(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Action(name, "l", "c", actor -> ""));
    }

    @Test
    void aPanelOffersNothingUnlessItSaysSo() {
        Panel panel = () -> "empty";

        assertThat(panel.facts()).isEmpty();
        assertThat(panel.tables()).isEmpty();
        assertThat(panel.actions()).isEmpty();
        assertThat(panel.about("a1")).isEmpty();
    }
}
