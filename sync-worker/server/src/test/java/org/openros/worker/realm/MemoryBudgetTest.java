// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** So much and no more; who waits comes to its turn. */
final class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(100);
    private final List<String> granted = new ArrayList<>();

    private void request(long bytes, String name) {
        budget.request(bytes, () -> granted.add(name));
    }

    @Test
    void grantsWhatThereIsAtOnce() {
        request(60, "a");
        request(40, "b");
        assertThat(granted).containsExactly("a", "b");
        assertThat(budget.used()).isEqualTo(100);
    }

    @Test
    void largeRequestIsNotOvertaken() {
        request(60, "a");
        request(80, "large");
        request(10, "small");
        assertThat(budget.tryTake(1)).isFalse();
        assertThat(granted).containsExactly("a");
        assertThat(budget.waiting()).isEqualTo(2);

        budget.give(60);
        assertThat(granted).containsExactly("a", "large", "small");
        assertThat(budget.waiting()).isZero();
        assertThat(budget.used()).isEqualTo(90);
    }

    @Test
    void requestOfNothingWaitsUntilNoMoreIsTakenThanThereIs() {
        budget.take(150);
        assertThat(budget.isExceeded()).isTrue();
        request(0, "room");
        assertThat(granted).isEmpty();
        budget.give(50);
        assertThat(granted).containsExactly("room");
    }

    @Test
    void moreThanThereIsDoesNotFit() {
        assertThat(budget.fits(100)).isTrue();
        assertThat(budget.fits(101)).isFalse();
    }
}
