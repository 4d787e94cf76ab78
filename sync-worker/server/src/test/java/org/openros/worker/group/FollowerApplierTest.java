// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

final class FollowerApplierTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicLong applied = new AtomicLong();
    private final List<Long> steps = new CopyOnWriteArrayList<>();
    private final List<Long> failures = new CopyOnWriteArrayList<>();
    private final FollowerApplier applier =
            new FollowerApplier(applied::get, this::apply, (ticket, failure) -> failures.add(ticket));

    private void apply(long through) {
        steps.add(through);
        if (through == 13) {
            throw new IllegalStateException("the disk is gone");
        }
        applied.set(through);
    }

    @AfterEach
    void close() {
        applier.close();
    }

    @Test
    void whatIsCommittedIsAppliedWithinAWhile() {
        applier.apply(1, 1);
        await().atMost(SOON).until(() -> applied.get() == 1);
        applier.apply(2, 3);
        await().atMost(SOON).until(() -> applied.get() == 3);
    }

    @Test
    void entriesOfAWhileAreAppliedTogether() {
        for (long seq = 1; seq <= 1000; seq++) {
            applier.apply(seq, seq);
        }
        await().atMost(SOON).until(() -> applied.get() == 1000);
        assertThat(steps).hasSizeLessThan(500);
    }

    @Test
    void aLongRowIsAppliedInPieces() {
        applier.apply(1, 2 * FollowerApplier.AT_ONCE + 1);
        await().atMost(SOON).until(() -> applied.get() == 2 * FollowerApplier.AT_ONCE + 1);
        assertThat(steps)
                .containsExactly(FollowerApplier.AT_ONCE, 2 * FollowerApplier.AT_ONCE, 2 * FollowerApplier.AT_ONCE + 1);
    }

    @Test
    void restForgetsWhatWaits() {
        applier.apply(1, 1);
        await().atMost(SOON).until(() -> applied.get() == 1);
        applier.apply(2, 2);
        applier.rest();
        long rested = applied.get();
        applier.apply(3, 3);
        await().atMost(SOON).until(() -> applied.get() == 3);
        assertThat(steps).startsWith(1L).endsWith(3L).hasSize(rested == 1 ? 2 : 3);
    }

    @Test
    void failureIsTheAnswerToTheNewestRequest() {
        applier.apply(7, 12);
        applier.apply(8, 13);
        await().atMost(SOON).until(() -> failures.equals(List.of(8L)));
    }
}
