// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.StoreId;

/** Disks that are full, slow, damaged, gone, or somebody else's (faults F5, F6, F7 and F11). */
final class DiskFaults {
    private final World world;
    private final Mischief mischief;
    private final SplittableRandom random;
    /** Hosts that have the folder of another one. */
    private final Set<Host> meddled = new HashSet<>();

    DiskFaults(World world, Mischief mischief, SplittableRandom random) {
        this.world = world;
        this.mischief = mischief;
        this.random = random;
    }

    void diskFull(Host host) {
        DiskModel disk = host.disk;
        mischief.strike("disk-full", host.name().value(), false, mischief.upTo(15), () -> disk.full = true,
                () -> disk.full = false);
    }

    void slowDisk(Host host) {
        mischief.strike("slow-disk", host.name().value(), false, mischief.upTo(25),
                () -> host.diskDelay = random.nextLong(Agenda.SECOND / 10, 5 * Agenda.SECOND),
                () -> host.diskDelay = host.usualDelay());
    }

    /** Whether everything acknowledged is on another disk that counts, whatever the record becomes in a moment. */
    private boolean isSpare(Host host) {
        List<GroupRecord> records = world.lock.possibleRecords();
        return !meddled.contains(host) && !records.isEmpty()
                && records.stream().allMatch(record -> record.members().stream()
                .anyMatch(member -> !member.store().equals(host.disk.store) && isIntact(member.store())));
    }

    private boolean isIntact(StoreId store) {
        return world.nodes().stream().anyMatch(host ->
                host.disk.store.equals(store) && host.disk.damage == null && host.disk.node.equals(host.name()));
    }

    void wipe(Host host) {
        if (isSpare(host)) {
            mischief.strike("wipe", host.name().value(), true, mischief.upTo(5), () -> {
                host.kill(false);
                host.wipe();
            }, host::start);
        }
    }

    void damage(Host host) {
        if (isSpare(host) && host.disk.lineage != null) {
            mischief.strike("damage", host.name().value(), true, mischief.upTo(5), () -> {
                host.kill(true);
                host.disk.damage = "a record in the middle of the log does not fit its checksum";
            }, host::start);
        }
    }

    private boolean mayMeddle(Host one, Host other) {
        return one != other && !meddled.contains(one) && !meddled.contains(other);
    }

    void swap() {
        Host one = mischief.any();
        Host other = mischief.any();
        if (mayMeddle(one, other)) {
            meddled.addAll(Set.of(one, other));
            mischief.strike("swap-disks", one.name() + " and " + other.name(), false, mischief.upTo(10),
                    () -> exchange(one, other), () -> {
                exchange(one, other);
                meddled.removeAll(Set.of(one, other));
            });
        }
    }

    private static void exchange(Host one, Host other) {
        one.kill(false);
        other.kill(false);
        DiskModel disk = one.disk;
        one.disk = other.disk;
        other.disk = disk;
        one.start();
        other.start();
    }

    void cloneOf(Host host) {
        Host source = mischief.any();
        if (mayMeddle(host, source)) {
            meddled.add(host);
            DiskModel own = host.disk;
            mischief.strike("clone-disk", host.name() + " is " + source.name(), false, mischief.upTo(10), () -> {
                host.kill(false);
                host.disk = source.disk.copy();
                host.disk.crash(true, random);
                host.start();
            }, () -> {
                host.kill(false);
                host.disk = own;
                host.start();
                meddled.remove(host);
            });
        }
    }
}
