// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MeterTest {
    private static final long SECOND = 1_000_000_000L;

    private final Meter meter = new Meter(10 * SECOND, 12 * SECOND);

    @Test
    void latencyCountsByItsBeginningAndTheRateByItsEnd() {
        meter.record(9 * SECOND, 11 * SECOND);
        meter.record(11 * SECOND, 15 * SECOND);
        meter.record(12 * SECOND, 12 * SECOND);

        assertThat(meter.donePerSecond()).isEqualTo(0.5);
        assertThat(meter.latencies().getTotalCount()).isEqualTo(1);
    }

    @Test
    void windowIsOverAtItsEnd() {
        assertThat(meter.isOver(12 * SECOND - 1)).isFalse();
        assertThat(meter.isOver(12 * SECOND)).isTrue();
    }
}
