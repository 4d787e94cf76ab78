// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.changeset.Value;

import static org.assertj.core.api.Assertions.assertThat;

class SlotListTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void listOfBlocksIsAList(long seed) {
        Random random = new Random(seed);
        SlotList list = new SlotList();
        List<Slot> expected = new ArrayList<>();
        for (int round = 0; round < 20_000; round++) {
            boolean grows = expected.isEmpty() || random.nextInt(10) < (round < 12_000 ? 8 : 3);
            int index = random.nextInt(expected.size() + (grows ? 1 : 0));
            if (grows) {
                Slot slot = slot(round);
                list.add(index, slot);
                expected.add(index, slot);
            } else if (random.nextBoolean()) {
                assertThat(list.remove(index)).as("seed %d", seed).isSameAs(expected.remove(index));
            } else {
                Slot slot = slot(round);
                assertThat(list.set(index, slot)).as("seed %d", seed).isSameAs(expected.set(index, slot));
            }
        }
        List<Slot> seen = new ArrayList<>();
        list.forEach(seen::add);
        assertThat(seen).as("seed %d", seed).isEqualTo(expected);
        assertThat(list.size()).isEqualTo(expected.size());
        assertThat(list.get(list.size() - 1)).isSameAs(expected.getLast());
    }

    /** Moving the whole list each time would take minutes. */
    @Test
    @Timeout(20)
    void longListGrowsAndShrinksAtItsFront() {
        SlotList list = new SlotList();
        for (int i = 0; i < 500_000; i++) {
            list.add(0, Slot.NULL);
        }
        while (list.size() > 0) {
            list.remove(0);
        }
        assertThat(list.size()).isZero();
    }

    private static Slot slot(long value) {
        return new Slot.Leaf(new Value.Int(value));
    }
}
