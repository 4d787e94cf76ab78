// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import org.junit.jupiter.api.Test;
import org.openros.history.Operation;

import static org.assertj.core.api.Assertions.assertThat;

class ChangesTest {
    private final Content content = new Content();

    @Test
    void receiverHasWhatTheSenderHas() {
        Content sender = new Content();
        sender.insert("a-1");
        sender.increment("2", 5);
        sender.increment("2", 4);

        Changes.apply(Changes.schema(), content);
        Changes.apply(Changes.encode(new Operation.Insert("a-1")), content);
        Changes.apply(Changes.encode(new Operation.Increment("2", 5)), content);
        Changes.apply(Changes.encode(new Operation.Increment("2", 4)), content);

        assertThat(content.keys()).containsExactly("a-1");
        assertThat(content.counters()).containsEntry("2", 9L);
        assertThat(content.hash()).isEqualTo(sender.hash());
    }

    @Test
    void everyDifferenceShowsInTheHash() {
        String empty = content.hash();
        content.insert("a");
        String inserted = content.hash();
        content.increment("1", 1);

        assertThat(inserted).isNotEqualTo(empty);
        assertThat(content.hash()).isNotEqualTo(inserted);
    }
}
