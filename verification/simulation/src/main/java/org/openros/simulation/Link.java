// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.StoreId;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;

/** A stream between two processes. */
final class Link {
    private static final long HAUNTING = Agenda.SECOND / 5;

    private final World world;
    private final ConnectionId id;
    private final Side dialler;
    private final Side target;
    /** As the master said last. */
    private Epoch epoch = Epoch.NONE;

    private static final class Side {
        final NodeProcess process;
        final Pipe out;
        boolean open = true;
        /** Of a driver that is broken on purpose: it goes on to acknowledge after it has hung up. */
        boolean haunted;

        Side(NodeProcess process, Pipe out) {
            this.process = process;
            this.out = out;
        }
    }

    Link(World world, ConnectionId id, NodeProcess dialler, NodeProcess target) {
        this.world = world;
        this.id = id;
        String from = dialler.name().value();
        String to = target.name().value();
        this.dialler = new Side(dialler, new Pipe(world, from, to, this::rejected));
        this.target = new Side(target, new Pipe(world, to, from, this::rejected));
        dialler.links.put(id, this);
        target.links.put(id, this);
    }

    private Side side(NodeProcess process) {
        return process == dialler.process ? dialler : target;
    }

    private Side other(Side side) {
        return side == dialler ? target : dialler;
    }

    void send(NodeProcess from, Frame frame) {
        Side side = side(from);
        if (side.open) {
            side.out.send(() -> arrive(other(side), frame));
        }
    }

    private void arrive(Side at, Frame frame) {
        if (frame instanceof Frame.FromMaster said) {
            epoch = said.epoch();
        }
        if (at.open) {
            at.process.hear(now -> new Event.FrameCame(now, id, frame));
        } else if (!at.haunted) {
            // The host answers for a connection that it does not know.
            at.out.breakOff();
            end(other(at), Event.Cause.RESET);
        }
    }

    /** Says that everything is on a disk whose node follows another master by now. */
    private void haunt(StoreId store) {
        NodeProcess master = target.process;
        if (target.open && master.isAlive()) {
            Frame ack = new Frame.Ack(epoch, world.host(master.name()).disk.last().seq(), store, id, 0);
            dialler.out.send(() -> arrive(target, ack));
            world.agenda.later(HAUNTING, () -> haunt(store));
        }
    }

    private void end(Side side, Event.Cause cause) {
        if (side.open) {
            side.open = false;
            side.process.links.remove(id);
            side.process.disconnected(id, cause);
        }
    }

    private void rejected() {
        dialler.out.breakOff();
        target.out.breakOff();
        end(dialler, Event.Cause.RESET);
        end(target, Event.Cause.RESET);
    }

    /**
     * One side hangs up; what it had sent may still arrive before the other hears of it.
     *
     * @param haunted the disk for which a broken driver goes on to acknowledge; null for one that works
     */
    void hangUp(NodeProcess by, @Nullable StoreId haunted) {
        Side side = side(by);
        if (side.open && haunted != null && side == dialler) {
            side.haunted = true;
            end(side, Event.Cause.LOCAL);
            haunt(haunted);
        } else if (side.open) {
            end(side, Event.Cause.LOCAL);
            side.out.send(() -> end(other(side), Event.Cause.RESET));
        }
    }

    /** One side's process is gone; without power nothing says so. */
    void die(NodeProcess dead, boolean powerLost) {
        Side side = side(dead);
        side.open = false;
        if (powerLost) {
            side.out.breakOff();
        } else {
            side.out.send(() -> end(other(side), Event.Cause.RESET));
        }
    }

    NodeProcess peer(NodeProcess of) {
        return other(side(of)).process;
    }
}
