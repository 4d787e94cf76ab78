// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The order in which instances of core services are asked. */
class CoreServicesPoolTest {
    private static final URI A = URI.create("http://a");
    private static final URI B = URI.create("http://b");
    private static final URI C = URI.create("http://c");

    private final AtomicLong now = new AtomicLong(5);
    private final CoreServicesPool pool =
            new CoreServicesPool(List.of(A, B, C), now::get, new InstanceCircuits(Duration.ofSeconds(1)));

    @Test
    void callsGoToTheInstancesInTurn() {
        assertThat(List.of(pool.candidates(), pool.candidates(), pool.candidates(), pool.candidates()))
                .containsExactly(List.of(A, B, C), List.of(B, C, A), List.of(C, A, B), List.of(A, B, C));
    }

    @Test
    void anUnreachableInstanceIsAskedLastUntilItsPenaltyIsOver() {
        pool.unreachable(A);
        now.addAndGet(CoreServicesPool.PENALTY.toNanos() - 1);
        assertThat(pool.candidates()).containsExactly(B, C, A);
        now.incrementAndGet();
        pool.candidates();
        pool.candidates();
        assertThat(pool.candidates()).containsExactly(A, B, C);
    }

    @Test
    void ifNoneIsReachableAllAreStillTried() {
        List.of(A, B, C).forEach(pool::unreachable);
        assertThat(pool.candidates()).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void theListThatWasFoundLastIsUsed() {
        pool.unreachable(B);
        pool.replace(List.of(B, C));
        assertThat(pool.candidates()).containsExactly(C, B);
        pool.replace(List.of(A));
        assertThat(pool.candidates()).containsExactly(A);
    }

    @Test
    void beforeAnyIsFoundThereIsNobodyToAsk() {
        CoreServicesPool empty =
                new CoreServicesPool(List.of(), now::get, new InstanceCircuits(Duration.ofSeconds(1)));
        assertThatExceptionOfType(NoCoreServicesException.class).isThrownBy(empty::candidates);
    }
}
