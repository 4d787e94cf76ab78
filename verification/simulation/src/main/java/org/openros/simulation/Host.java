// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.replication.NodeSettings;

/** A machine with the data folder of a node, on which the node's process runs or does not. */
final class Host {
    private final World world;
    private final NodeId name;
    DiskModel disk;
    @Nullable NodeProcess process;
    /** How long the disk takes, in nanoseconds. */
    long diskDelay;

    Host(World world, NodeId name) {
        this.world = world;
        this.name = name;
        disk = emptyDisk();
        diskDelay = usualDelay();
    }

    NodeId name() {
        return name;
    }

    private DiskModel emptyDisk() {
        return new DiskModel(World.GROUP, name, newStore());
    }

    StoreId newStore() {
        return new StoreId(new UUID(7, ++world.stores));
    }

    long usualDelay() {
        long most = (world.random.nextInt(4) == 0 ? 100 : 2) * Agenda.MILLISECOND;
        return 100_000 + world.random.nextLong(most);
    }

    boolean isUp() {
        return process != null;
    }

    /** Starts a process, if none runs. */
    void start() {
        world.network.power(name.value(), true);
        if (process == null) {
            NodeSettings settings = new NodeSettings(World.GROUP, name, world.names, 1, ++world.incarnations,
                    World.LINEAGE,
                    world.policy, World.TIMING);
            process = new NodeProcess(world, this, settings);
            world.recorder.say(name.value(), () -> "starts on store " + disk.store + " with " + disk.view());
            process.begin();
        }
    }

    /** Ends the process as kill -9 does, or as a host without power. */
    void kill(boolean powerLost) {
        NodeProcess killed = process;
        if (killed != null) {
            process = null;
            killed.die(powerLost);
            disk.crash(powerLost, world.random);
            world.recorder.say(name.value(),
                    () -> (powerLost ? "without power, keeps " : "killed, keeps ") + disk.view());
        }
        if (powerLost) {
            world.network.power(name.value(), false);
        }
    }

    /** An empty folder in place of this one. */
    void wipe() {
        StoreId before = disk.store;
        disk = emptyDisk();
        if (world.has(Mutation.WIPED_DISK_KEEPS_ITS_NAME)) {
            disk.store = before;
            disk.lineage = World.LINEAGE;
        }
    }
}
