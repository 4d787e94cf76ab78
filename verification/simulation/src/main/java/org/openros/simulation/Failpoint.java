// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import org.openros.replication.Action;

/**
 * A place in the life of a node at which its process is killed: at one of the actions of a step, or as its disk has
 * done what was asked. It waits for the n-th time that any node comes by.
 */
final class Failpoint {
    private final String place;
    private final boolean powerLost;
    private int countdown;

    Failpoint(String place, int countdown, boolean powerLost) {
        this.place = place;
        this.countdown = countdown;
        this.powerLost = powerLost;
    }

    boolean isPowerLost() {
        return powerLost;
    }

    /** Whether it is time. */
    boolean isAt(String passed) {
        return place.equals(passed) && --countdown == 0;
    }

    /** The name of an action: what is asked, sent or done. */
    static String of(Action action) {
        return switch (action) {
            case Action.Ask ask -> ask.request().getClass().getSimpleName();
            case Action.Disk disk -> disk.request().getClass().getSimpleName();
            case Action.Send send -> send.frame().getClass().getSimpleName();
            default -> action.getClass().getSimpleName();
        };
    }

    @Override
    public String toString() {
        return place;
    }
}
