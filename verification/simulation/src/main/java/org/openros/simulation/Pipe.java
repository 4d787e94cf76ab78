// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayDeque;
import java.util.Deque;

/** One direction of a connection: everything arrives in order, or nothing any more. What is dropped is sent again. */
final class Pipe {
    private static final long RETRANSMIT = 200 * Agenda.MILLISECOND;

    private record Parcel(long at, Runnable arrives) {}

    private final World world;
    private final String from;
    private final String to;
    private final Runnable rejected;
    private final Deque<Parcel> parcels = new ArrayDeque<>();
    private boolean moving;
    /** From then on the next parcel may arrive. */
    private long free;
    private boolean broken;

    /**
     * An empty pipe.
     *
     * @param rejected runs if a packet is answered with a reset
     */
    Pipe(World world, String from, String to, Runnable rejected) {
        this.world = world;
        this.from = from;
        this.to = to;
        this.rejected = rejected;
    }

    void send(Runnable arrives) {
        if (!broken) {
            parcels.add(new Parcel(world.agenda.now() + world.network.delay(), arrives));
            move();
        }
    }

    /** Nothing that is under way arrives. */
    void breakOff() {
        broken = true;
        parcels.clear();
    }

    private void move() {
        Parcel head = parcels.peek();
        if (!moving && head != null) {
            moving = true;
            world.agenda.at(Math.max(head.at(), free), this::arrive);
        }
    }

    private void arrive() {
        moving = false;
        if (broken) {
            return;
        }
        switch (world.network.way(from, to)) {
            case OPEN -> {
                free = world.agenda.now() + world.network.gap();
                parcels.remove().arrives().run();
                move();
            }
            case DROPPED -> {
                moving = true;
                world.agenda.later(RETRANSMIT, this::arrive);
            }
            case REJECTED -> {
                breakOff();
                rejected.run();
            }
        }
    }
}
