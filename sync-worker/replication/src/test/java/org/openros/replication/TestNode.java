// SPDX-License-Identifier: Apache-2.0
package org.openros.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.operator.Alarm;
import org.openros.replication.operator.Order;
import org.openros.replication.operator.OrderAnswer;

/** A process of a {@link TestGroup}: the machine and an executor of its actions. */
final class TestNode {
    private static final long QUICK = 100_000;
    private static final long TICK = 50_000_000;

    final NodeSettings settings;
    final MemoryDisk disk;
    State state;
    boolean alive = true;
    boolean paused;
    private final List<LongFunction<Event>> missed = new ArrayList<>();
    @Nullable Epoch leading;
    @Nullable Epoch serving;
    @Nullable Epoch establishedAt;
    private long noop;
    long committed;
    long diskDelay = QUICK;
    private final List<Action.Disk> waiting = new ArrayList<>();
    final Map<ConnectionId, Long> streams = new LinkedHashMap<>();
    final List<Action> actions = new ArrayList<>();
    final Map<Long, OrderAnswer> answers = new LinkedHashMap<>();
    final Map<Long, Boolean> confirmed = new LinkedHashMap<>();
    final List<Alarm> raised = new ArrayList<>();
    private final TestGroup group;

    TestNode(TestGroup group, NodeSettings settings, MemoryDisk disk) {
        this.group = group;
        this.settings = settings;
        this.disk = disk;
        this.state = State.initial(settings, disk.view());
    }

    NodeId name() {
        return settings.node();
    }

    void begin() {
        var snapshot = group.lock.snapshot();
        group.later(QUICK, () -> hear(now -> new Event.GroupSeen(now, snapshot)));
        tick();
    }

    private void tick() {
        group.later(TICK, () -> {
            if (alive) {
                if (!paused) {
                    hear(Event.Tick::new);
                }
                tick();
            }
        });
    }

    void hear(LongFunction<Event> event) {
        if (!alive) {
            return;
        }
        if (paused) {
            missed.add(event);
            return;
        }
        Step step = RoleMachine.step(state, event.apply(group.now));
        state = step.state();
        actions.addAll(step.actions());
        step.actions().forEach(this::execute);
    }

    /** kill -9: what is on the disk stays, its connections are reset. */
    void kill() {
        alive = false;
        leading = null;
        serving = null;
        hangUpAll();
    }

    private void hangUpAll() {
        group.links.entrySet().stream().filter(entry -> entry.getValue().follower().equals(name())
                || entry.getValue().master().equals(name())).map(Map.Entry::getKey).toList().forEach(this::end);
    }

    void resume() {
        paused = false;
        List<LongFunction<Event>> late = List.copyOf(missed);
        missed.clear();
        late.forEach(this::hear);
    }

    long order(Order order) {
        long ticket = 1_000 + answers.size() + actions.size();
        hear(now -> new Event.Ordered(now, ticket, order));
        return ticket;
    }

    /** As a master would for an upload. */
    void write(String content) {
        if (leading == null) {
            throw new IllegalStateException(name() + " does not lead");
        }
        disk.write(leading, content);
        streams.keySet().forEach(this::feed);
        Position through = disk.last();
        long delay = diskDelay;
        group.later(delay, () -> hear(now -> new Event.Durable(now, through)));
    }

    private void execute(Action action) {
        switch (action) {
            case Action.Ask ask -> group.ask(this, ask.ticket(), ask.request());
            case Action.Disk request -> disk(request.ticket(), request.request());
            case Action.Probe probe -> probe(probe);
            case Action.Dial dial -> dial(dial);
            case Action.HangUp hangUp -> end(hangUp.connection());
            case Action.Send send -> send(send.connection(), send.frame());
            case Action.StreamFrom stream -> {
                streams.put(stream.connection(), stream.afterSeq());
                feed(stream.connection());
            }
            case Action.StopStream stop -> streams.remove(stop.connection());
            case Action.Serve serve -> serving = serve.epoch();
            case Action.Drain drain -> group.later(QUICK, () -> hear(now -> new Event.Drained(now, drain.epoch())));
            case Action.StopServing stop -> serving = null;
            case Action.CommitTo commit -> commit(commit);
            case Action.Retain retain -> { }
            case Action.RaiseAlarm alarm -> raised.add(alarm.alarm());
            case Action.ClearAlarm alarm -> { }
            case Action.Confirm confirm -> confirmed.put(confirm.ticket(), confirm.confirmed());
            case Action.AnswerOrder answer -> answers.put(answer.ticket(), answer.answer());
        }
    }

    private void commit(Action.CommitTo commit) {
        if (!commit.epoch().equals(leading)) {
            return;
        }
        group.committed(this, commit.seq());
        committed = commit.seq();
        disk.applied = Math.max(disk.applied, commit.seq());
        if (commit.seq() >= noop && establishedAt == null) {
            Epoch epoch = commit.epoch();
            establishedAt = epoch;
            group.later(QUICK, () -> hear(now -> new Event.Established(now, epoch)));
        }
    }

    private void disk(long ticket, DiskRequest request) {
        waiting.add(new Action.Disk(ticket, request));
        if (waiting.size() == 1) {
            group.later(diskDelay, this::nextFlush);
        }
    }

    /** Does the next request, or all appends that wait one behind the other. */
    private void nextFlush() {
        if (!alive) {
            return;
        }
        Action.Disk next = waiting.getFirst();
        DiskAnswer answer = done(next.request());
        while (waiting.size() > 1 && next.request() instanceof DiskRequest.Append
                && waiting.get(1).request() instanceof DiskRequest.Append) {
            waiting.removeFirst();
            next = waiting.getFirst();
            answer = done(next.request());
        }
        if (waiting.size() > 1) {
            group.later(diskDelay, this::nextFlush);
        }
        waiting.removeFirst();
        answered(next, answer);
    }

    private void answered(Action.Disk request, DiskAnswer answer) {
        if (!(request.request() instanceof DiskRequest.Apply)) {
            hear(now -> new Event.DiskAnswered(now, request.ticket(), answer));
        }
    }

    private DiskAnswer done(DiskRequest request) {
        switch (request) {
            case DiskRequest.Adopt adopt -> disk.lineage = adopt.lineage();
            case DiskRequest.Promise promise -> {
                if (promise.epoch().compareTo(disk.promised) > 0) {
                    disk.promised = promise.epoch();
                }
            }
            case DiskRequest.Append append -> disk.append(append.entries());
            case DiskRequest.Cut cut -> disk.cut(cut.seq());
            case DiskRequest.Apply apply -> disk.applied = Math.max(disk.applied, apply.seq());
            case DiskRequest.Locate locate -> {
                return new DiskAnswer.Located(disk.position(locate.seq()), locate.seq() >= disk.released);
            }
            case DiskRequest.Lead lead -> {
                DiskAnswer before = new DiskAnswer.Done(disk.view());
                leading = lead.epoch();
                noop = disk.last().seq() + 1;
                establishedAt = null;
                write("noop " + lead.epoch());
                return before;
            }
            case DiskRequest.EndLead end -> {
                leading = null;
                streams.clear();
            }
            case DiskRequest.TakeCheckpoint take -> disk.install(group.node(take.from().value()).disk);
        }
        return new DiskAnswer.Done(disk.view());
    }

    private void probe(Action.Probe probe) {
        TestNode target = group.node(probe.at().getHost());
        boolean reached = group.reaches(name(), target.name()) && group.reaches(target.name(), name());
        if (!reached || target.paused) {
            group.later(1_000_000_000, () -> hear(now -> new Event.ProbeAnswered(now, probe.ticket(),
                    new ProbeOutcome.Silent("no answer within 1 s"))));
        } else {
            group.later(QUICK, () -> hear(now -> new Event.ProbeAnswered(now, probe.ticket(), target.alive
                    ? new ProbeOutcome.Answered(target.state.status().report(),
                            target.state.sightOf(probe.about(), now),
                            target.state.ceased())
                    : new ProbeOutcome.Refused())));
        }
    }

    private void dial(Action.Dial dial) {
        TestNode target = group.node(dial.node().value());
        if (!group.reaches(name(), target.name()) || target.paused) {
            group.later(1_000_000_000, () -> disconnected(dial.connection(), Event.Cause.UNREACHABLE));
        } else if (target.alive) {
            group.links.put(dial.connection(), new TestGroup.Link(name(), target.name()));
            group.later(QUICK, () -> hear(now -> new Event.Connected(now, dial.connection())));
        } else {
            group.later(QUICK, () -> disconnected(dial.connection(), Event.Cause.REFUSED));
        }
    }

    private void disconnected(ConnectionId connection, Event.Cause cause) {
        hear(now -> new Event.Disconnected(now, connection, cause));
    }

    private void end(ConnectionId connection) {
        TestGroup.Link link = group.links.remove(connection);
        streams.remove(connection);
        if (link != null) {
            NodeId peer = link.follower().equals(name()) ? link.master() : link.follower();
            TestNode other = group.node(peer.value());
            group.later(QUICK, () -> {
                other.streams.remove(connection);
                if (group.reaches(name(), peer)) {
                    other.disconnected(connection, Event.Cause.RESET);
                }
            });
            group.later(QUICK, () -> disconnected(connection, Event.Cause.LOCAL));
        }
    }

    private void send(ConnectionId connection, Frame frame) {
        TestGroup.Link link = group.links.get(connection);
        if (link == null) {
            return;
        }
        NodeId peer = link.follower().equals(name()) ? link.master() : link.follower();
        TestNode other = group.node(peer.value());
        group.later(QUICK, () -> {
            if (!group.reaches(name(), peer)) {
                group.deaf.add(Map.entry(connection, peer));
            }
            if (group.links.containsKey(connection) && !group.deaf.contains(Map.entry(connection, peer))) {
                other.hear(now -> new Event.FrameCame(now, connection, frame));
            }
        });
    }

    private void feed(ConnectionId connection) {
        Long after = streams.get(connection);
        if (after != null && leading != null && after < disk.log.size()) {
            List<LogEntry> entries = List.copyOf(disk.log.subList(after.intValue(), disk.log.size()));
            streams.put(connection, disk.last().seq());
            send(connection, new Frame.Entries(leading, entries, committed));
        }
    }
}
