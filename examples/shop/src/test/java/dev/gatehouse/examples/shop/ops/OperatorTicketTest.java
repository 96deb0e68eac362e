// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.examples.shop.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.Secret;
import dev.gatehouse.testing.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OperatorTicketTest {

    private final ManualTime time = new ManualTime();
    private final OperatorTicket tickets = new OperatorTicket(Secret.of("the root secret of this very shop"), time);

    @Test
    void isGoodForAMinute() {
        String ticket = tickets.issue();
        time.advance(Duration.ofSeconds(60));
        assertThat(tickets.isValid(ticket)).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(tickets.isValid(ticket)).isFalse();
    }

    @Test
    void ofAnotherSecretOrAnotherTimeIsNone() {
        OperatorTicket foreign = new OperatorTicket(Secret.of("the root secret of another shop"), time);
        String ticket = tickets.issue();

        assertThat(tickets.isValid(foreign.issue())).isFalse();
        time.advance(Duration.ofSeconds(2));
        String later = tickets.issue();
        String mixed = later.substring(0, later.indexOf('.')) + ticket.substring(ticket.indexOf('.'));
        assertThat(tickets.isValid(mixed)).isFalse();
    }

    @Test
    void malformedIsNone() {
        for (String text :
                new String[] {"", ".", "1", "1.", ".ff", "-1.ff", "99999999999999999999.ff", "1e3.ff", "١.ff"}) {
            assertThat(tickets.isValid(text)).as(text).isFalse();
        }
    }
}
