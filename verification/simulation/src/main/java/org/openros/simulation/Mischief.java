// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.history.Entry;
import org.openros.replication.NodeSettings.WhenBackupLost;
import org.openros.replication.operator.Order;

/** Chooses faults, lets them happen, and heals them after a while (group protocol, "Faults to survive"). */
final class Mischief {
    private static final long SETTLING = 40 * Agenda.SECOND;
    private static final int TRIES = 30;
    private static final int MOSTLY = 5;
    private static final List<String> PLACES = List.of(
            "Promote", "before Promote", "ChangeRecord", "before ChangeRecord", "Promise", "done Promise", "Lead",
            "done Lead",
            "before Serve", "Serve", "CommitTo", "before CommitTo", "Welcome", "Cut", "done Cut", "TakeCheckpoint",
            "done TakeCheckpoint", "Ack", "before Ack", "StopServing", "EndLead", "done EndLead", "Unlock",
            "before Unlock",
            "Hello", "StreamFrom", "Append", "Adopt", "DestroySession", "before DestroySession", "OpenSession",
            "Announce");

    private final World world;
    private final SplittableRandom random;
    private final NetworkFaults network;
    private final DiskFaults disks;
    private final Map<Long, Runnable> active = new LinkedHashMap<>();
    private final List<Runnable> kinds = new ArrayList<>();
    private @Nullable Failpoint armed;
    private long numbers;
    private int left;
    private boolean tampering;
    private boolean hurried;

    Mischief(World world) {
        this.world = world;
        random = world.random.split();
        network = new NetworkFaults(world, this, random);
        disks = new DiskFaults(world, this, random);
    }

    void begin() {
        if (random.nextInt(20) == 0) {
            // Backups of the lock service are of an earlier epoch then, or name other members.
            left = 1;
            tampering = true;
            kinds.add(this::stepDown);
            kinds.add(this::replaceBackup);
            world.agenda.later(10 * Agenda.SECOND, () -> tamper(TRIES));
        } else {
            left = 1 + random.nextInt(10);
            fill();
        }
        world.agenda.later(random.nextLong(3 * Agenda.SECOND), this::next);
    }

    /** All kinds, and most of those that one theme is about. */
    private void fill() {
        int theme = random.nextInt(7);
        processes(theme == 0 ? MOSTLY : 1);
        network(theme == 1 ? MOSTLY : 1);
        lockService(theme == 2 ? MOSTLY : 1);
        disks(theme == 3 ? MOSTLY : 1);
        hurried = theme >= 5;
        if (hurried) {
            cascade();
        }
    }

    /** One after the other before the group has dealt with the first, so that it matters who knew and had what. */
    private void cascade() {
        add(30, this::rejoinUnderFire);
        add(10, network::slowNetwork);
        add(25, () -> disks.slowDisk(any()));
        add(40, () -> kill(any(), false));
        add(20, () -> kill(any(), true));
        add(15, this::arm);
        add(15, () -> pause(any()));
        add(15, network::cutNodes);
        add(10, network::split);
        add(15, () -> lockService("lock-service-flaky", LockModel.Health.FLAKY, 30 * Agenda.SECOND));
    }

    private void processes(int weight) {
        add(5 * weight, () -> kill(any(), false));
        add(3 * weight, () -> kill(any(), true));
        add(1, this::powerCut);
        add(12 * weight, this::arm);
        add(4 * weight, () -> pause(any()));
        add(2 * weight, this::stepDown);
        add(1, this::replaceBackup);
        add(1, this::pauseGroup);
        add(2 * weight, () -> restart(any()));
        add(1, this::rollingRestart);
        add(2 * weight, this::rejoinUnderFire);
    }

    private void network(int weight) {
        add(4 * weight, network::cutNodes);
        add(2 * weight, network::cutLockService);
        add(2 * weight, network::isolate);
        add(4 * weight, network::split);
        add(weight, network::cutGateway);
        add(2 * weight, network::pin);
        add(1, network::slowNetwork);
    }

    private void lockService(int weight) {
        add(2 * weight, () -> lockService("lock-service-down", LockModel.Health.DOWN, 60 * Agenda.SECOND));
        add(2 * weight, () -> lockService("lock-service-leaderless", LockModel.Health.LEADERLESS, 5 * Agenda.SECOND));
        add(4 * weight, () -> lockService("lock-service-flaky", LockModel.Health.FLAKY, 30 * Agenda.SECOND));
    }

    private void disks(int weight) {
        add(weight, () -> disks.diskFull(any()));
        add(2 * weight, () -> disks.slowDisk(any()));
        add(3 * weight, () -> disks.wipe(any()));
        add(2 * weight, () -> disks.damage(any()));
        add(2 * weight, disks::swap);
        add(2 * weight, () -> disks.cloneOf(any()));
    }

    private void add(int weight, Runnable kind) {
        kinds.addAll(Collections.nCopies(weight, kind));
    }

    private void next() {
        if (left == 0) {
            return;
        }
        left--;
        kinds.get(random.nextInt(kinds.size())).run();
        boolean soon = hurried || random.nextInt(3) == 0;
        world.agenda.later(random.nextLong(soon ? 2 * Agenda.SECOND : 12 * Agenda.SECOND), this::next);
    }

    boolean isOver() {
        return left == 0 && active.isEmpty() && !tampering;
    }

    Host any() {
        List<Host> hosts = List.copyOf(world.nodes());
        Host master = world.master();
        return master != null && random.nextInt(3) == 0 ? master : hosts.get(random.nextInt(hosts.size()));
    }

    long upTo(long seconds) {
        return random.nextLong(Agenda.SECOND / 10, seconds * Agenda.SECOND);
    }

    // --- begin and end --------------------------------------------------------------------------------------------

    /**
     * Lets a fault happen.
     *
     * @param owed whether a group that is well goes on acknowledging
     */
    void strike(String kind, String target, boolean owed, long duration, Runnable fault, Runnable heal) {
        long number = ++numbers;
        boolean excuses = !(owed && active.isEmpty() && world.names.size() == 3 && world.isWell());
        world.recorder.add(new Entry.FaultBegan(world.agenda.now(), number, kind, target, excuses));
        active.put(number, () -> {
            heal.run();
            if (excuses) {
                settle(number, world.agenda.now() + SETTLING);
            } else {
                world.recorder.add(new Entry.FaultEnded(world.agenda.now(), number));
            }
        });
        fault.run();
        world.agenda.later(duration, () -> end(number));
    }

    private void end(long number) {
        Runnable heal = active.remove(number);
        if (heal != null) {
            heal.run();
        }
    }

    /** What was owed nothing is owed nothing until the group is back. */
    private void settle(long number, long limit) {
        if (world.isWell() || world.agenda.now() >= limit) {
            world.recorder.add(new Entry.FaultEnded(world.agenda.now(), number));
        } else {
            world.agenda.later(Agenda.SECOND / 2, () -> settle(number, limit));
        }
    }

    /** Ends everything. */
    void heal() {
        left = 0;
        armed = null;
        List.copyOf(active.keySet()).forEach(this::end);
    }

    // --- F1, F8: processes and hosts ------------------------------------------------------------------------------

    private void kill(Host host, boolean powerLost) {
        kill(host, powerLost, upTo(20));
    }

    private void kill(Host host, boolean powerLost, long duration) {
        if (host.isUp()) {
            strike(powerLost ? "power-loss" : "kill", host.name().value(), true, duration, () -> host.kill(powerLost),
                    host::start);
        }
    }

    private void powerCut() {
        List<Host> order = new ArrayList<>(world.nodes());
        Collections.shuffle(order, new Random(random.nextLong()));
        strike("power-loss", "all", false, upTo(10), () -> order.forEach(host -> host.kill(true)),
                () -> order.forEach(host -> world.agenda.later(random.nextLong(2 * Agenda.SECOND), host::start)));
    }

    private void arm() {
        Failpoint failpoint =
                new Failpoint(PLACES.get(random.nextInt(PLACES.size())), 1 + random.nextInt(6), random.nextInt(3) == 0);
        world.recorder.say("mischief", () -> "armed at " + failpoint);
        armed = failpoint;
        if (random.nextBoolean()) {
            // Most places are passed when something happens.
            kill(any(), random.nextBoolean());
        }
    }

    /** One node comes back, and has to catch up, while the two others go one after the other. */
    private void rejoinUnderFire() {
        List<Host> order = new ArrayList<>(world.nodes());
        Collections.shuffle(order, new Random(random.nextLong()));
        if (random.nextBoolean()) {
            network.slowNetwork();
        }
        long back = 2 * Agenda.SECOND + upTo(4);
        kill(order.getFirst(), random.nextBoolean(), back);
        long next = back - Agenda.SECOND / 2;
        for (Host host : order.subList(1, order.size())) {
            next += upTo(2);
            world.agenda.later(next, () -> kill(host, random.nextBoolean(), 20 * Agenda.SECOND));
        }
    }

    /** A node comes by a place at which it may be killed. */
    void passes(Host host, String place) {
        Failpoint failpoint = armed;
        if (failpoint != null && failpoint.isAt(place)) {
            armed = null;
            strike("kill at " + place, host.name().value(), true, upTo(15), () -> host.kill(failpoint.isPowerLost()),
                    host::start);
        }
    }

    private void restart(Host host) {
        NodeProcess process = host.process;
        if (process == null) {
            return;
        }
        if (random.nextInt(3) == 0) {
            world.policy = world.policy == WhenBackupLost.SOLO ? WhenBackupLost.BLOCK : WhenBackupLost.SOLO;
        }
        strike("planned-restart", host.name().value(), true, 8 * Agenda.SECOND,
                () -> process.order(new Order.PrepareStop(), answer -> world.agenda.later(1, () -> host.kill(false))),
                () -> {
                    if (host.process == process) {
                        host.kill(false);
                    }
                    host.start();
                });
    }

    private void rollingRestart() {
        long wait = 0;
        for (Host host : world.nodes()) {
            world.agenda.later(wait, () -> restart(host));
            wait += 12 * Agenda.SECOND;
        }
    }

    // --- F2, F10: pauses ------------------------------------------------------------------------------------------

    private void pause(Host host) {
        NodeProcess process = host.process;
        if (process != null && !process.isPaused()) {
            long[] seconds = {1, 5, 20, 90};
            strike("pause", host.name().value(), true, upTo(seconds[random.nextInt(seconds.length)]), process::pause,
                    process::resume);
        }
    }

    // --- F4: the lock service -------------------------------------------------------------------------------------

    private void lockService(String kind, LockModel.Health health, long longest) {
        if (world.lock.health() == LockModel.Health.WELL) {
            strike(kind, Network.LOCK, false, random.nextLong(Agenda.SECOND / 10, longest),
                    () -> world.lock.become(health),
                    () -> world.lock.become(LockModel.Health.WELL));
        }
    }

    /** Only a group that is well can tell by its disks that the lock service went back. */
    private void tamper(int tries) {
        if (!active.isEmpty() || !world.isWell()) {
            tampering = tries > 0;
            if (tampering) {
                world.agenda.later(Agenda.SECOND, () -> tamper(tries - 1));
            }
            return;
        }
        tampering = false;
        boolean wiped = random.nextBoolean();
        strike(wiped ? "lock-service-wiped" : "lock-service-restored", Network.LOCK, false, Agenda.SECOND, () -> {
            if (wiped) {
                world.lock.wipe();
            }
            if (wiped || restore()) {
                world.lockTampered = true;
            }
        }, () -> { });
    }

    private boolean restore() {
        GroupRecord now = world.lock.store.record;
        return now != null && world.lock.restore(
                before -> before.epoch().compareTo(now.epoch()) < 0 || !before.members().equals(now.members()));
    }

    // --- F12, F13: operators --------------------------------------------------------------------------------------

    private void stepDown() {
        Host master = world.master();
        if (master != null && master.process != null) {
            NodeProcess process = master.process;
            strike("step-down", master.name().value(), true, Agenda.SECOND,
                    () -> process.order(new Order.StepDown("mischief"), answer -> { }), () -> { });
        }
    }

    private void replaceBackup() {
        Host master = world.master();
        if (master != null && master.process != null) {
            NodeProcess process = master.process;
            strike("replace-backup", master.name().value(), true, Agenda.SECOND,
                    () -> process.order(new Order.ReplaceBackup(), answer -> { }), () -> { });
        }
    }

    private void pauseGroup() {
        NodeProcess process = any().process;
        if (process != null) {
            strike("pause-group", "all", false, upTo(15), () -> process.order(new Order.Pause(), answer -> { }), () -> {
                NodeProcess other = any().process;
                if (other != null) {
                    other.order(new Order.Resume(), answer -> { });
                }
            });
        }
    }
}
