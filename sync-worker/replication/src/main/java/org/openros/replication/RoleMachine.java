// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.List;

/** The rules by which a node takes and gives up its roles (group protocol). */
public final class RoleMachine {
    private RoleMachine() {}

    /**
     * What an event leads to. The same state and event always lead to the same.
     *
     * @throws IllegalStateException if an invariant of the group protocol is broken: the node has to end its role and say so
     */
    public static Step step(State state, Event event) {
        return new Step(state, List.of());
    }
}
