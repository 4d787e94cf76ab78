// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SubprotocolNegotiationTest {
    private static final String PBS = "com.mongodb.realm-sync";
    private static final String FLX = "com.mongodb.realm-query-sync";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "com.mongodb.realm-sync#14, com.mongodb.realm-sync#13 | com.mongodb.realm-sync#14 | 14",
                "com.mongodb.realm-sync/3,com.mongodb.realm-sync/2    | com.mongodb.realm-sync/3  | 3",
                "com.mongodb.realm-sync#2-20                          | com.mongodb.realm-sync#14 | 14",
                "com.mongodb.realm-sync/0-5 , com.mongodb.realm-sync/7-9 | com.mongodb.realm-sync/9 | 9",
                "com.mongodb.realm-sync#99999999999999999999-99999999999999999999, com.mongodb.realm-sync#4 |"
                        + " com.mongodb.realm-sync#4 | 4",
                "chat, com.mongodb.realm-query-sync#14, com.mongodb.realm-sync#6 | com.mongodb.realm-sync#6 | 6",
            })
    void largestCommonVersionIsChosenInTheSpellingOfTheClient(String offer, String token, int version) {
        var outcome = SubprotocolNegotiation.DEFAULT.negotiate(List.of(offer));

        assertThat(outcome).isEqualTo(new SubprotocolNegotiation.Accepted(token, version));
    }

    @Test
    void offersOfRepeatedHeadersCount() {
        var outcome = SubprotocolNegotiation.DEFAULT.negotiate(List.of(PBS + "#5", PBS + "#12"));

        assertThat(outcome).isEqualTo(new SubprotocolNegotiation.Accepted(PBS + "#12", 12));
    }

    @Test
    void newSpellingIsKeptBelowVersionEight() {
        var outcome = new SubprotocolNegotiation(2, 6).negotiate(List.of(PBS + "#14, " + PBS + "#6"));

        assertThat(outcome).isEqualTo(new SubprotocolNegotiation.Accepted(PBS + "#6", 6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#", "#x", "#5-", "#-5", "#7-5", "#+5", "#5 ", "#5-6-7", "#5.0", "/\u0665"})
    void malformedOfferIsRefused(String spec) {
        var outcome = SubprotocolNegotiation.DEFAULT.negotiate(List.of(PBS + "#4," + PBS + spec + ";"));

        assertThat(outcome).isEqualTo(new SubprotocolNegotiation.Refused("malformed Sec-WebSocket-Protocol"));
    }

    @Test
    void clientWithoutCommonVersionIsToldWhoHasToBeUpdated() {
        assertThat(SubprotocolNegotiation.DEFAULT.negotiate(List.of(PBS + "/1")))
                .isEqualTo(new SubprotocolNegotiation.Refused("REALM_SYNC_PROTOCOL_MISMATCH:CLIENT_TOO_OLD"));
        assertThat(SubprotocolNegotiation.DEFAULT.negotiate(List.of(PBS + "#15-16")))
                .isEqualTo(new SubprotocolNegotiation.Refused("REALM_SYNC_PROTOCOL_MISMATCH:CLIENT_TOO_NEW"));
    }

    @Test
    void flexibleSyncClientGetsItsTokenBackToBeToldInTheSession() {
        var outcome = SubprotocolNegotiation.DEFAULT.negotiate(List.of(FLX + "#14, " + FLX + "#13"));

        assertThat(outcome).isEqualTo(new SubprotocolNegotiation.FlexibleSync(FLX + "#14", 14));
    }

    @Test
    void requestWithoutKnownSubprotocolIsRefused() {
        for (List<String> values : List.of(List.<String>of(), List.of(""), List.of("chat, mqtt"))) {
            assertThat(SubprotocolNegotiation.DEFAULT.negotiate(values))
                    .isInstanceOf(SubprotocolNegotiation.Refused.class);
        }
    }
}
