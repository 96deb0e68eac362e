// SPDX-License-Identifier: Apache-2.0
package dev.gatehouse.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitKeyTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9/32",
        "255.255.255.255, 255.255.255.255/32",
        "0.0.0.0, 0.0.0.0/32",
        "2001:db8:1:2::1, 2001:db8:1:2::/64",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 2001:db8:1:2::/64",
        "::1, 0:0:0:0::/64",
        "64:ff9b::cb00:7109, 203.0.113.9/32",
        "64:ff9b:0:0:1::1, 64:ff9b:0:0::/64",
        "64:ff9b:1::1, 64:ff9b:1:0::/64"
    })
    void countsTheSubscriberAndNotTheAddressHeRotates(String address, String key) throws UnknownHostException {
        assertThat(LimitKey.address(InetAddress.getByName(address))).hasToString(key);
    }

    @Test
    void givesNeighbouringNetworksKeysOfTheirOwn() throws UnknownHostException {
        assertThat(LimitKey.address(InetAddress.getByName("2001:db8:1:2::1")))
                .isNotEqualTo(LimitKey.address(InetAddress.getByName("2001:db8:1:3::1")));
    }

    @Test
    void countsAMappedAddressAsTheOneItMaps() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, (byte) 203, 0, 113, 9};
        InetAddress six = Inet6Address.getByAddress(null, mapped, 0);

        assertThat(LimitKey.address(six)).isEqualTo(LimitKey.address(InetAddress.getByName("203.0.113.9")));
    }

    @Test
    void leavesTheZoneOut() throws UnknownHostException {
        byte[] linkLocal = InetAddress.getByName("fe80::1").getAddress();

        assertThat(LimitKey.address(Inet6Address.getByAddress(null, linkLocal, 3)))
                .isEqualTo(LimitKey.address(Inet6Address.getByAddress(null, linkLocal, 4)));
    }

    @Test
    void keepsNothingOfAnIdentifierButItsDigest() {
        LimitKey key = LimitKey.identifier("alice@example.org");

        assertThat(key).isEqualTo(LimitKey.identifier("alice@example.org"));
        assertThat(key).isNotEqualTo(LimitKey.identifier("bob@example.org"));
        assertThat(key.toString()).doesNotContain("alice");
    }

    @Test
    void refusesAnAccountIdThatCannotBeOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> LimitKey.account(""));
        assertThatIllegalArgumentException().isThrownBy(() -> LimitKey.account("x".repeat(129)));
    }
}
