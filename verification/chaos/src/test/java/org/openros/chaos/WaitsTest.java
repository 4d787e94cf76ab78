// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitsTest {
    private static final long MILLI = 1_000_000;

    private final Waits waits = new Waits(2);

    private void acked(String client, long writtenMillis, long acknowledgedMillis) {
        waits.acknowledged(client, writtenMillis * MILLI, acknowledgedMillis * MILLI);
    }

    @Test
    void figureIsThatOfTheClientThatWaitedLonger() {
        acked("a", 10, 12);
        acked("a", 101, 150);
        acked("b", 10, 12);
        acked("b", 105, 900);
        acked("b", 910, 912);

        assertThat(waits.firstNew(100 * MILLI)).isEqualTo(800);
    }

    @Test
    void acknowledgementOfWhatWasWrittenBeforeIsNotANewOne() {
        acked("a", 99, 500);
        acked("b", 101, 500);

        assertThat(waits.firstNew(100 * MILLI)).isEqualTo(-1);
    }

    @Test
    void thereIsNoFigureBeforeAllClientsHaveOne() {
        acked("a", 101, 500);

        assertThat(waits.firstNew(100 * MILLI)).isEqualTo(-1);
    }

    @Test
    void gapThatBeganBeforeTheMomentCountsWhole() {
        acked("a", 1, 90);
        acked("a", 91, 300);
        acked("a", 301, 310);
        acked("b", 1, 10);
        acked("b", 11, 80);
        acked("b", 81, 120);

        assertThat(waits.longestGap(100 * MILLI)).isEqualTo(210);
    }
}
