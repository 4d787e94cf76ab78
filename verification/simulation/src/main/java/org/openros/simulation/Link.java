// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import org.jspecify.annotations.Nullable;
import org.openros.domain.StoreId;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;

/** A stream between two processes. */
final class Link {
    private final ConnectionId id;
    private final Side dialler;
    private final Side target;

    private static final class Side {
        final NodeProcess process;
        final Pipe out;
        boolean open = true;
        /** Of a driver that is broken on purpose: the disk for which it acknowledges after it has hung up. */
        @Nullable StoreId haunted;

        Side(NodeProcess process, Pipe out) {
            this.process = process;
            this.out = out;
        }
    }

    Link(World world, ConnectionId id, NodeProcess dialler, NodeProcess target) {
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
        if (at.open) {
            at.process.hear(now -> new Event.FrameCame(now, id, frame));
        } else if (at.haunted != null) {
            haunt(at, at.haunted, frame);
        } else {
            // The host answers for a connection that it does not know.
            at.out.breakOff();
            end(other(at), Event.Cause.RESET);
        }
    }

    private void haunt(Side at, StoreId store, Frame frame) {
        Frame answer = switch (frame) {
            case Frame.Entries entries ->
                new Frame.Ack(entries.epoch(), entries.entries().getLast().position().seq(), store, id, 0);
            case Frame.Heartbeat beat -> new Frame.Ack(beat.epoch(), 0, store, id, beat.nonce());
            default -> null;
        };
        if (answer != null) {
            at.out.send(() -> arrive(other(at), answer));
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
            side.haunted = haunted;
            end(side, Event.Cause.LOCAL);
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
