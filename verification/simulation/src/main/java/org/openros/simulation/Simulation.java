// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.openros.history.Entry;
import org.openros.history.Holder;
import org.openros.history.check.Checkers;
import org.openros.history.check.Limits;
import org.openros.history.check.Violation;
import org.openros.replication.operator.Alarm;
import org.openros.replication.operator.Order;

/**
 * One run of a group from a seed: it starts, clients write, faults come and go, all is healed, and when it is quiet
 * everybody tells what they have. The same seed gives the same history.
 */
public final class Simulation {
    private static final long STARTING = 30 * Agenda.SECOND;
    private static final long LONGEST = 400 * Agenda.SECOND;
    private static final long RECOVERY = 120 * Agenda.SECOND;
    /** The nodes have seen by then that the lock service went back. */
    private static final long NOTICING = 5 * Agenda.SECOND;
    private static final long QUIETING = 60 * Agenda.SECOND;

    private final World world;

    private Simulation(World world) {
        this.world = world;
    }

    /** Runs a seed. */
    public static Outcome run(long seed) {
        return run(seed, null, false);
    }

    /** Runs a seed and keeps a timeline for people. */
    public static Outcome tell(long seed) {
        return run(seed, null, true);
    }

    /**
     * Runs a seed in a world that is built wrong on purpose.
     *
     * @param mutation what is wrong; null if nothing
     * @param telling whether a timeline is kept
     */
    public static Outcome run(long seed, @Nullable Mutation mutation, boolean telling) {
        return run(seed, new World(seed, mutation, telling), world -> {
            world.mischief.begin();
            world.agenda.until(LONGEST, world.mischief::isOver);
        });
    }

    /**
     * Runs a world.
     *
     * @param trouble what happens to it once clients write
     */
    static Outcome run(long seed, World world, Consumer<World> trouble) {
        new Simulation(world).run(trouble);
        List<Violation> violations = Checkers.check(world.recorder.history, Limits.PROTOCOL);
        return new Outcome(seed, world.recorder.history, violations, world.recorder.broken, world.recorder.timeline);
    }

    private void run(Consumer<World> trouble) {
        world.lock.begin();
        world.nodes().forEach(host -> world.agenda.later(world.random.nextLong(Agenda.SECOND), host::start));
        expect(STARTING, "the first start", world::isWell);
        world.writing = true;
        world.clients.forEach(Client::begin);
        world.agenda.runFor(world.random.nextLong(2 * Agenda.SECOND));
        trouble.accept(world);
        heal();
        if (world.lockTampered) {
            world.agenda.runFor(NOTICING);
        }
        recover();
        world.agenda.runFor(2 * Agenda.SECOND);
        world.writing = false;
        expect(QUIETING, "quiescence of the clients", () -> world.clients.stream().allMatch(Client::isQuiet));
        expect(QUIETING, "equal disks of the nodes", this::isApplied);
        recordFinals();
    }

    private void expect(long limit, String what, BooleanSupplier condition) {
        if (!world.agenda.until(limit, condition)) {
            world.recorder.broken("liveness",
                    what + " did not come within " + limit / Agenda.SECOND + " s: " + world.describe());
        }
    }

    private void heal() {
        world.recorder.say("healing", () -> "everything");
        world.mischief.heal();
        world.lock.become(LockModel.Health.WELL);
        for (Host host : world.nodes()) {
            host.start();
            if (host.process != null && host.process.isPaused()) {
                host.process.resume();
            }
        }
        world.gateways.forEach(Gateway::unpin);
        world.lock.publish();
    }

    /** With the help of an operator where one is needed. */
    private void recover() {
        long limit = world.agenda.now() + RECOVERY;
        while (!world.isWell() && world.agenda.now() < limit) {
            operate();
            world.agenda.until(3 * Agenda.SECOND, world::isWell);
        }
        expect(0, "recovery", world::isWell);
    }

    private void operate() {
        if (world.lock.store.isPaused()) {
            order(host -> true, new Order.Resume());
        }
        order(Simulation::isRecordLost, new Order.ReseedRecord());
    }

    private void order(Predicate<NodeProcess> condition, Order order) {
        for (Host host : world.nodes()) {
            NodeProcess process = host.process;
            if (process != null && condition.test(process)) {
                process.order(order, answer -> world.recorder.say("operator", () -> order + ": " + answer));
                return;
            }
        }
    }

    private static boolean isRecordLost(NodeProcess process) {
        return process.status().alarms().stream()
                .anyMatch(alarm -> alarm.kind() == Alarm.Kind.REFUSED && alarm.message().startsWith("RECORD_"));
    }

    private boolean isApplied() {
        Host master = world.master();
        return master != null && world.nodes().stream().allMatch(host -> host.disk.last().equals(master.disk.last())
                && host.disk.applied == host.disk.last().seq());
    }

    private void recordFinals() {
        long at = world.agenda.now();
        Host master = world.master();
        for (Host host : world.nodes()) {
            RealmState state =
                    RealmState.of(host.disk.log.subList(0, (int) Math.min(host.disk.applied, host.disk.log.size())));
            for (String realm : World.realms()) {
                record(at, host, state, realm, host == master);
            }
        }
        world.clients.forEach(client -> client.recordFinals(at));
    }

    private void record(long at, Host host, RealmState state, String realm, boolean versions) {
        Content content = new Content();
        long hash = 0;
        for (RealmState.Version version : state.behind(realm, 0)) {
            Change change = version.change();
            content.apply(change.operation());
            hash = hash * 1_000_003 + change.content() + 31 * change.salt();
            if (versions) {
                world.recorder.add(new Entry.FinalVersion(at, realm, change.version(), change.salt(),
                        change.content()));
            }
        }
        Holder holder = Holder.node(host.name().value());
        content.record(world.recorder, at, holder, realm);
        world.recorder.add(new Entry.FinalState(at, holder, realm, Long.toHexString(hash)));
    }
}
