// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.group.GroupRecord;
import org.openros.domain.NodeId;
import org.openros.history.Entry;
import org.openros.replication.Action;
import org.openros.replication.Event;
import org.openros.replication.NodeSettings;
import org.openros.replication.RoleMachine;
import org.openros.replication.State;
import org.openros.replication.Status;
import org.openros.replication.Step;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.lock.GroupSnapshot;
import org.openros.replication.lock.LockAnswer;
import org.openros.replication.operator.Order;
import org.openros.replication.operator.OrderAnswer;

/** A process of a worker: the role machine, and its driver as a model. */
final class NodeProcess {
    private static final long TICK = 50 * Agenda.MILLISECOND;
    private static final int TICKS_PER_REPORT = 20;
    private static final long CONNECT_LIMIT = Agenda.SECOND;

    private final World world;
    private final Host host;
    private final DiskQueue disk;
    /** Processes do not agree on the time, and none of them asks the wall clock. */
    private final long clock;

    State state;
    final Map<ConnectionId, Link> links = new LinkedHashMap<>();
    @Nullable Leadership leadership;
    private final Map<Long, Consumer<Boolean>> confirmations = new LinkedHashMap<>();
    private final Map<Long, Consumer<OrderAnswer>> orders = new LinkedHashMap<>();
    private final Deque<Runnable> missed = new ArrayDeque<>();
    private boolean alive = true;
    /** An invariant broke: the process is there and takes no part. */
    private boolean halted;
    private boolean paused;
    private long tickets;
    private long ticks;

    NodeProcess(World world, Host host, NodeSettings settings) {
        this.world = world;
        this.host = host;
        disk = new DiskQueue(world, this, host.disk);
        clock = world.random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
        state = State.initial(settings, host.disk.view());
    }

    NodeId name() {
        return host.name();
    }

    long diskDelay() {
        return host.diskDelay + world.random.nextLong(200_000);
    }

    boolean isAlive() {
        return alive;
    }

    /** Whether it would answer. */
    boolean isThere() {
        return alive && !paused;
    }

    boolean isPaused() {
        return paused;
    }

    Status status() {
        return state.status();
    }

    boolean isServing() {
        return alive && leadership != null && leadership.serving;
    }

    void begin() {
        GroupSnapshot snapshot = world.lock.store.snapshot();
        later(Agenda.MILLISECOND, () -> {
            if (world.lock.health() == LockModel.Health.WELL
                    && world.network.bothWays(name().value(), Network.LOCK) == Network.Way.OPEN) {
                seen(snapshot);
            }
        });
        tick();
    }

    private void tick() {
        world.agenda.later(TICK, () -> {
            if (alive) {
                if (!paused) {
                    hear(Event.Tick::new);
                    report();
                }
                tick();
            }
        });
    }

    private void report() {
        ticks++;
        if (ticks % TICKS_PER_REPORT == 0 && alive && !halted) {
            Status status = state.status();
            world.invariants.look(this, host.disk);
            world.recorder.add(new Entry.NodeState(world.agenda.now(), name().value(),
                    status.role().name().toLowerCase(Locale.ROOT), status.epoch().value(), status.commitSeq(),
                    host.disk.applied));
        }
    }

    // --- time -----------------------------------------------------------------------------------------------------

    /** Happens in this process: not if it is gone by then, and not while it stands still. */
    void later(long nanos, Runnable what) {
        world.agenda.later(nanos, () -> inTurn(what));
    }

    private void inTurn(Runnable what) {
        if (alive) {
            if (paused) {
                missed.add(what);
            } else {
                what.run();
            }
        }
    }

    void pause() {
        paused = true;
    }

    /** Everything that came meanwhile comes now, before or behind the next tick. */
    void resume() {
        paused = false;
        if (world.random.nextBoolean()) {
            hear(Event.Tick::new);
        }
        while (alive && !missed.isEmpty()) {
            missed.remove().run();
        }
    }

    void die(boolean powerLost) {
        alive = false;
        List.copyOf(links.values()).forEach(link -> link.die(this, powerLost));
        links.clear();
        Leadership reign = leadership;
        leadership = null;
        if (reign != null) {
            reign.end();
            if (!powerLost) {
                reign.closeAll("connection reset", null);
            }
        }
    }

    // --- stepping -------------------------------------------------------------------------------------------------

    void hear(LongFunction<Event> event) {
        inTurn(() -> step(event.apply(world.agenda.now() + clock)));
    }

    void seen(GroupSnapshot group) {
        hear(now -> new Event.GroupSeen(now, group));
    }

    private void step(Event event) {
        if (halted) {
            return;
        }
        Step step;
        try {
            step = RoleMachine.step(state, event);
        } catch (IllegalStateException e) {
            fail(event, e);
            return;
        }
        tell(event, step);
        state = step.state();
        for (Action action : step.actions()) {
            if (!alive || !passes("before " + Failpoint.of(action))) {
                return;
            }
            begin(action);
            if (!alive || !passes(Failpoint.of(action))) {
                return;
            }
        }
    }

    private void tell(Event event, Step step) {
        if (!(event instanceof Event.Tick) || !step.actions().isEmpty()) {
            world.recorder.say(name().value(),
                    () -> describe(event) + "\n" + " ".repeat(25) + "-> " + step.state().status().role() + " "
                    + step.state().status().epoch() + " " + step.actions());
        }
    }

    private static String describe(Event event) {
        return switch (event) {
            case Event.GroupSeen seen -> "GroupSeen " + describe(seen.group());
            case Event.LockAnswered answered when answered.answer() instanceof LockAnswer.Read read ->
                "LockAnswered[ticket=" + answered.ticket() + "] " + describe(read.group());
            default -> event.toString();
        };
    }

    private static String describe(GroupSnapshot group) {
        List<NodeId> present = group.nodes().stream().map(presence -> presence.report().node()).toList();
        GroupRecord record = group.record();
        String text = record == null ? "no record"
                : "index " + group.recordIndex() + ", epoch " + record.epoch() + ", master "
                + record.master() + ", members " + record.members();
        return text + ", lock held by " + group.lockHolder() + ", present " + present;
    }

    private void fail(Event event, IllegalStateException e) {
        halted = true;
        world.invariants.machine(name() + " at " + event + ": " + e.getMessage());
        if (leadership != null) {
            leadership.closeAll("try again: an internal error", null);
            leadership.end();
        }
    }

    /** False if the process was killed there. */
    boolean passes(String place) {
        world.mischief.passes(host, place);
        return alive;
    }

    private void begin(Action action) {
        switch (action) {
            case Action.Ask ask -> world.lock.ask(this, ask.request(),
                    answer -> hear(now -> new Event.LockAnswered(now, ask.ticket(), answer)));
            case Action.Disk request -> disk.ask(request);
            case Action.Probe probe -> probe(probe);
            case Action.Dial dial -> dial(dial);
            case Action.HangUp hangUp -> hangUp(hangUp.connection());
            case Action.Send send -> send(send.connection(), send.frame());
            case Action.StreamFrom stream ->
                    withLeadership(reign -> reign.stream(stream.connection(), stream.afterSeq()));
            case Action.StopStream stop -> withLeadership(reign -> reign.stopStream(stop.connection()));
            case Action.Serve serve -> serve();
            case Action.Drain drain -> later(diskDelay(), () -> hear(now -> new Event.Drained(now, drain.epoch())));
            case Action.StopServing stop -> stopServing(stop);
            case Action.CommitTo commit -> withLeadership(reign -> {
                if (reign.epoch.equals(commit.epoch())) {
                    reign.commit(commit.seq());
                }
            });
            case Action.Retain retain -> host.disk.release(retain.afterSeq() - world.random.nextLong(200));
            case Action.RaiseAlarm alarm -> world.recorder.say(name().value(), () -> "ALARM " + alarm.alarm());
            case Action.ClearAlarm alarm -> { }
            case Action.Confirm confirm -> {
                Consumer<Boolean> asker = confirmations.remove(confirm.ticket());
                if (asker != null) {
                    asker.accept(confirm.confirmed());
                }
            }
            case Action.AnswerOrder answer -> {
                Consumer<OrderAnswer> asker = orders.remove(answer.ticket());
                if (asker != null) {
                    asker.accept(answer.answer());
                }
            }
        }
    }

    private void withLeadership(Consumer<Leadership> what) {
        if (leadership != null) {
            what.accept(leadership);
        }
    }

    private void serve() {
        Leadership reign = leadership;
        if (reign != null) {
            later(world.has(Mutation.SERVES_LATE) ? 15 * Agenda.SECOND : 0, () -> {
                reign.serving = reign == leadership;
                world.invariants.serves(name(), reign.epoch);
                world.recorder.add(new Entry.NodeState(world.agenda.now(), name().value(), Entry.NodeState.MASTER,
                        reign.epoch.value(), reign.committed, host.disk.applied));
            });
        }
    }

    private void stopServing(Action.StopServing stop) {
        Leadership reign = leadership;
        if (reign != null && reign.epoch.equals(stop.epoch())) {
            reign.serving = false;
            reign.closeAll("try again: " + stop.why(), knownMaster());
        }
    }

    // --- other nodes ----------------------------------------------------------------------------------------------

    private void probe(Action.Probe probe) {
        Host target = world.host(new NodeId(probe.at().getHost()));
        Network.Way way = world.network.bothWays(name().value(), target.name().value());
        NodeProcess process = target.process;
        if (way == Network.Way.REJECTED || (way == Network.Way.OPEN && process == null)) {
            later(world.network.delay(), () -> probed(probe, new ProbeOutcome.Refused()));
        } else if (process == null || way == Network.Way.DROPPED || process.paused) {
            later(CONNECT_LIMIT, () -> probed(probe, new ProbeOutcome.Silent("no answer within 1 s")));
        } else {
            State seen = process.state;
            world.invariants.ceased(process, seen.ceased());
            later(2 * world.network.delay(), () -> probed(probe, new ProbeOutcome.Answered(
                    seen.status().report(), seen.sightOf(probe.about(), world.agenda.now() + process.clock),
                    seen.ceased())));
        }
    }

    private void probed(Action.Probe probe, ProbeOutcome outcome) {
        hear(now -> new Event.ProbeAnswered(now, probe.ticket(), outcome));
    }

    private void dial(Action.Dial dial) {
        Host target = world.host(dial.node());
        later(world.network.delay(), () -> {
            Network.Way way = world.network.bothWays(name().value(), target.name().value());
            NodeProcess process = target.process;
            if (way == Network.Way.REJECTED || (way == Network.Way.OPEN && process == null)) {
                disconnected(dial.connection(), Event.Cause.REFUSED);
            } else if (process == null || way == Network.Way.DROPPED || process.paused) {
                later(CONNECT_LIMIT, () -> disconnected(dial.connection(), Event.Cause.UNREACHABLE));
            } else {
                var _ = new Link(world, dial.connection(), this, process);
                hear(now -> new Event.Connected(now, dial.connection()));
            }
        });
    }

    void disconnected(ConnectionId connection, Event.Cause cause) {
        if (leadership != null) {
            leadership.stopStream(connection);
        }
        hear(now -> new Event.Disconnected(now, connection, cause));
    }

    private void hangUp(ConnectionId connection) {
        Link link = links.get(connection);
        if (link != null) {
            link.hangUp(this, world.has(Mutation.FENCING_IS_IGNORED) ? host.disk.store : null);
        }
    }

    /** The transport gives a connection up by itself. */
    void breakLink(ConnectionId connection) {
        Link link = links.get(connection);
        if (link != null) {
            link.hangUp(this, null);
        }
    }

    void send(ConnectionId connection, Frame frame) {
        Link link = links.get(connection);
        if (link != null) {
            link.send(this, frame);
        }
        if (frame instanceof Frame.Ack ack && link != null
                && world.has(Mutation.MASTER_DOES_NOT_WAIT_FOR_ITS_OWN_DISK)) {
            world.agenda.later(world.network.delay(),
                    () -> link.peer(this).withLeadership(reign -> reign.commit(ack.seq())));
        }
    }

    // --- clients and operators ------------------------------------------------------------------------------------

    void confirmLeadership(Consumer<Boolean> asker) {
        if (world.has(Mutation.LEADERSHIP_IS_NOT_CONFIRMED)) {
            asker.accept(true);
            return;
        }
        long ticket = ++tickets;
        confirmations.put(ticket, asker);
        hear(now -> new Event.LeadershipAsked(now, ticket));
    }

    void order(Order order, Consumer<OrderAnswer> asker) {
        long ticket = ++tickets;
        orders.put(ticket, asker);
        hear(now -> new Event.Ordered(now, ticket, order));
    }

    void diskFull() {
        hear(now -> new Event.DiskFailed(now, DiskAnswer.Trouble.FULL, "no room"));
    }

    /** Who this node thinks is master, as it tells a gateway that is wrong; null if it does not know. */
    @Nullable String knownMaster() {
        NodeId master = state.status().master();
        return master == null || master.equals(name()) ? null : master.value();
    }
}
