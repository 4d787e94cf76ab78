// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.SplittableRandom;

/** Ways that are cut, narrow, or lead to the wrong place (faults F3, F15 and F16). */
final class NetworkFaults {
    private static final String CUT_LOCK_SERVICE = "cut-lock-service";

    private final World world;
    private final Mischief mischief;
    private final SplittableRandom random;

    NetworkFaults(World world, Mischief mischief, SplittableRandom random) {
        this.world = world;
        this.mischief = mischief;
        this.random = random;
    }

    private Network.Way way() {
        return random.nextInt(3) == 0 ? Network.Way.REJECTED : Network.Way.DROPPED;
    }

    private void cut(String kind, String one, String other) {
        boolean there = random.nextInt(4) != 0;
        cut(kind, one, other, way(), there, !there || random.nextInt(4) != 0, mischief.upTo(30));
    }

    private void cut(String kind, String one, String other, Network.Way way, boolean there, boolean back,
            long duration) {
        // One node without the lock service is as good as down.
        boolean owed = kind.equals(CUT_LOCK_SERVICE);
        mischief.strike(kind, one + (there ? back ? "<->" : "->" : "<-") + other + " " + way, owed, duration,
                () -> {
                    if (there) {
                        world.network.cut(one, other, way);
                    }
                    if (back) {
                        world.network.cut(other, one, way);
                    }
                },
                () -> {
                    world.network.mend(one, other);
                    world.network.mend(other, one);
                });
    }

    void cutNodes() {
        Host one = mischief.any();
        Host other = mischief.any();
        if (one != other) {
            cut("cut-nodes", one.name().value(), other.name().value());
        }
    }

    void cutLockService() {
        cut(CUT_LOCK_SERVICE, mischief.any().name().value(), Network.LOCK);
    }

    void cutGateway() {
        cut("cut-gateway", world.gateways.get(random.nextInt(world.gateways.size())).name(),
                mischief.any().name().value());
    }

    /** Cuts a node from all other nodes and the lock service. */
    void isolate() {
        Host host = mischief.any();
        for (Host other : world.nodes()) {
            if (other != host) {
                cut("isolate", host.name().value(), other.name().value());
            }
        }
        cut("isolate", host.name().value(), Network.LOCK);
    }

    /**
     * A master that does not hear that it was replaced: cut from the others until they have another one, from the lock
     * service until its lease is over, while some clients come to it.
     */
    void split() {
        Host master = world.master();
        if (master == null) {
            return;
        }
        String name = master.name().value();
        for (Host other : world.nodes()) {
            if (other != master) {
                cut("split", name, other.name().value(), Network.Way.DROPPED, true, random.nextBoolean(),
                        mischief.upTo(4) + 4 * Agenda.SECOND);
            }
        }
        cut("split", name, Network.LOCK, Network.Way.DROPPED, random.nextBoolean(), true,
                mischief.upTo(10) + 10 * Agenda.SECOND);
        pin();
    }

    void slowNetwork() {
        mischief.strike("slow-network", "all", false, mischief.upTo(20),
                () -> world.network.slow(random.nextLong(200 * Agenda.MILLISECOND)),
                world.network::fast);
    }

    void pin() {
        Gateway gateway = world.gateways.get(random.nextInt(world.gateways.size()));
        mischief.strike("pin-gateway", gateway.name(), false, mischief.upTo(30), gateway::pin, gateway::unpin);
    }
}
