// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.LogEntry;
import org.openros.replication.Action;
import org.openros.replication.Event;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;

/** A process's requests to its disk, one after the other; appends that wait are flushed together. */
final class DiskQueue {
    private record Task(Action.Disk action, Supplier<DiskAnswer> work) {}

    private final World world;
    private final NodeProcess process;
    private final DiskModel disk;
    private final Deque<Task> waiting = new ArrayDeque<>();
    private boolean busy;

    DiskQueue(World world, NodeProcess process, DiskModel disk) {
        this.world = world;
        this.process = process;
        this.disk = disk;
    }

    void ask(Action.Disk action) {
        switch (action.request()) {
            case DiskRequest.Locate locate ->
                    process.later(process.diskDelay(), () -> answer(action, located(locate.seq())));
            case DiskRequest.TakeCheckpoint take -> fetch(action, take);
            case DiskRequest.Apply apply ->
                    process.later(process.diskDelay(), () -> disk.apply(apply.seq(), world.random));
            default -> queue(action, () -> carryOut(action.request()));
        }
    }

    private void queue(Action.Disk action, Supplier<DiskAnswer> work) {
        waiting.add(new Task(action, work));
        next();
    }

    private DiskAnswer located(long seq) {
        boolean retained = seq >= disk.released;
        return new DiskAnswer.Located(retained ? disk.position(seq) : null, retained);
    }

    private void next() {
        Task task = busy || !process.isAlive() ? null : waiting.poll();
        if (task == null) {
            return;
        }
        busy = true;
        Action.Disk action = task.action();
        if (action.request() instanceof DiskRequest.Append append) {
            append(action, append);
        } else {
            process.later(process.diskDelay(), () -> {
                DiskAnswer answer = task.work().get();
                if (process.passes("done " + Failpoint.of(action))) {
                    finish(action, answer);
                }
            });
        }
    }

    private void finish(Action.Disk action, DiskAnswer answer) {
        busy = false;
        answer(action, answer);
        if (action.request() instanceof DiskRequest.Lead && process.leadership != null) {
            process.leadership.open();
        }
        next();
    }

    private void answer(Action.Disk action, DiskAnswer answer) {
        process.hear(now -> new Event.DiskAnswered(now, action.ticket(), answer));
    }

    private void append(Action.Disk first, DiskRequest.Append request) {
        Action.Disk last = first;
        boolean fits = write(request);
        while (fits && waiting.peek() != null && waiting.peek().action().request() instanceof DiskRequest.Append more) {
            last = waiting.remove().action();
            fits = write(more);
        }
        long through = disk.last().seq();
        Action.Disk answered = last;
        DiskAnswer failure = disk.full ? new DiskAnswer.Failed(DiskAnswer.Trouble.FULL, "no room")
                : new DiskAnswer.Failed(DiskAnswer.Trouble.REJECTED, "does not continue the log");
        boolean done = fits;
        if (world.has(Mutation.ACKNOWLEDGED_BEFORE_FSYNC)) {
            disk.claimSync(through);
            process.later(Agenda.SECOND, () -> disk.sync(through));
            process.later(1, () -> finish(answered, done ? new DiskAnswer.Done(disk.view()) : failure));
            return;
        }
        process.later(process.diskDelay(), () -> {
            disk.sync(through);
            finish(answered, done ? new DiskAnswer.Done(disk.view()) : failure);
        });
    }

    private boolean write(DiskRequest.Append request) {
        return !disk.full && disk.append(request.entries());
    }

    private DiskAnswer carryOut(DiskRequest request) {
        switch (request) {
            case DiskRequest.Adopt adopt -> disk.lineage = adopt.lineage();
            case DiskRequest.Promise promise -> promise(promise);
            case DiskRequest.Cut cut -> cut(cut.seq());
            case DiskRequest.Lead lead -> {
                DiskAnswer inherited = new DiskAnswer.Done(disk.view());
                process.leadership = new Leadership(world, process, disk, lead.epoch());
                return inherited;
            }
            case DiskRequest.EndLead end -> {
                if (process.leadership != null) {
                    process.leadership.end();
                    process.leadership = null;
                }
                disk.sync(disk.last().seq());
            }
            default -> throw new IllegalArgumentException("not of the queue: " + request);
        }
        return new DiskAnswer.Done(disk.view());
    }

    private void promise(DiskRequest.Promise promise) {
        if (promise.epoch().compareTo(disk.promised) > 0) {
            disk.promised = promise.epoch();
            if (!world.has(Mutation.PROMISE_IS_NOT_KEPT)) {
                disk.promisedFlushed = disk.promised;
            }
        }
    }

    private void cut(long seq) {
        if (seq < disk.applied) {
            world.recorder.broken("I7", process.name() + " cuts at " + seq + " below what it applied: " + disk.applied);
        }
        LogEntry committed = seq < disk.log.size() ? disk.log.get((int) seq) : null;
        if (committed != null && world.invariants.isCommitted(committed.position())) {
            world.recorder.say(process.name().value(), () -> "cuts committed entry " + committed.position());
        }
        disk.cut(seq);
    }

    private void fetch(Action.Disk action, DiskRequest.TakeCheckpoint take) {
        Host source = world.host(take.from());
        long time = 20 * Agenda.MILLISECOND + world.random.nextLong(2 * Agenda.SECOND);
        DiskModel checkpoint = isReachable(source) && source.disk.damage == null ? source.disk.copy() : null;
        process.later(time,
                () -> queue(action, () -> install(checkpoint != null && isReachable(source) ? checkpoint : null)));
    }

    private DiskAnswer install(@Nullable DiskModel checkpoint) {
        if (checkpoint == null || disk.full) {
            return new DiskAnswer.Failed(DiskAnswer.Trouble.NOT_FETCHED, "the connection broke");
        }
        disk.install(checkpoint, world.host(process.name()).newStore());
        return new DiskAnswer.Done(disk.view());
    }

    private boolean isReachable(Host source) {
        return source.process != null && !source.process.isPaused()
                && world.network.bothWays(process.name().value(), source.name().value()) == Network.Way.OPEN;
    }
}
