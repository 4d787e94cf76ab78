// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;

class RehearseCommandTest {
    /** The script goes on without a cache if this fails, so nobody would see it there. */
    @Test
    void devicesSyncThroughTheServerUntilAllIsAcknowledged() {
        assertThatCode(() -> RehearseCommand.rehearse(3, 20)).doesNotThrowAnyException();
    }
}
