// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.Master;
import org.openros.domain.Epoch;
import org.openros.domain.NodeId;
import org.openros.domain.log.Position;
import org.openros.replication.Action;
import org.openros.replication.Event;
import org.openros.replication.RoleMachine;
import org.openros.replication.State;
import org.openros.replication.Status;
import org.openros.replication.Step;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.Role;
import org.openros.replication.link.EntryStream;
import org.openros.replication.link.LinkHost;
import org.openros.replication.lock.LockRequest;
import org.openros.replication.operator.Alarm;
import org.openros.replication.operator.Order;
import org.openros.replication.operator.OrderAnswer;
import org.openros.storage.Leading;
import org.openros.storage.StateHash;
import org.openros.storage.StorageException;
import org.openros.storage.StoreCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the role machine of this node (group protocol): hands it what happens, and does what it decides.
 *
 * <p>The machine is stepped under one lock, on whichever thread brings the event, and its actions are begun under that
 * lock in order. What is slow, the lock service and the disk, is done elsewhere and comes back as an event. So a
 * follower's acknowledgement moves the commit point on the thread that received it, and the applier wakes from there.
 */
public final class GroupNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupNode.class);
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int TICKS_PER_SWEEP = 10;
    private static final Duration PROMOTION_LIMIT = Duration.ofSeconds(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final NodeParts parts;
    private final NodeDisk disk;
    private final Pending<Boolean> confirmations = new Pending<>();
    private final Pending<OrderAnswer> orders = new Pending<>();
    private final NodeLog log;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("group-tick").daemon().factory());
    private final Watchdog watchdog;

    private final ReentrantLock lock = new ReentrantLock();
    /** Events that came up while actions were begun; guarded by the lock. */
    private final Deque<LongFunction<Event>> raised = new ArrayDeque<>();

    private State state;
    private boolean stepping;
    /** Changed by the ticker alone. */
    private long ticks;
    private boolean stopped;
    private final AtomicBoolean closed = new AtomicBoolean();
    /** Of the last tick. A follower that commits wait for only since then gets its entries a little later, no more. */
    private volatile Set<ConnectionId> awaited = Set.of();
    private volatile @Nullable Surroundings around;
    private volatile @Nullable Throwable fault;

    /** A node that takes part from {@link #start} on. The store stays open when it is closed. */
    public GroupNode(NodeParts parts) {
        this.parts = parts;
        state = State.initial(parts.settings(), NodeDisk.view(parts.store()));
        log = new NodeLog(parts.settings().group(), parts.settings().node());
        disk = new NodeDisk(parts.store(), this::fetch, new DiskHearing());
        watchdog = new Watchdog(stall -> handle(now -> new Event.Stalled(now, stall)));
    }

    /**
     * Begins to take part.
     *
     * @param link where gateways reach this worker
     * @param api where services reach this worker, without trailing slash
     * @throws IOException if it cannot listen for the other nodes
     */
    public void start(URI link, URI api) throws IOException {
        lock.lock();
        try {
            // What is heard meanwhile waits for the lock.
            around = Surroundings.enter(
                    parts, link, api, new Host(), group -> handle(now -> new Event.GroupSeen(now, group)));
        } finally {
            lock.unlock();
        }
        var _ = ticker.scheduleAtFixedRate(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
        watchdog.start();
    }

    private Surroundings around() {
        return Objects.requireNonNull(around, "the node has not started");
    }

    // --- for the application --------------------------------------------------------------------------------------

    /** How the node sees itself and its group. */
    public Status status() {
        lock.lock();
        try {
            return state.status();
        } finally {
            lock.unlock();
        }
    }

    /** Why the node has stopped taking part by itself; null as long as it has not. */
    public @Nullable Throwable fault() {
        return fault;
    }

    /** The realms of the present reign. */
    public Reigns reigns() {
        return parts.reigns();
    }

    /** The master as the lock service names it; null if nobody holds the lock. */
    public @Nullable Master master() {
        Surroundings known = around;
        return known == null ? null : known.master();
    }

    /**
     * The present reign, or the one that is about to begin: gateways come as soon as they see the lock taken. Blocks
     * for a few seconds at most.
     *
     * @return null if this node is not the master
     */
    public Reigns.@Nullable Reign awaitReign() throws InterruptedException {
        Reigns.Reign reign = parts.reigns().present();
        if (reign == null && status().role() == Role.PROMOTING) {
            parts.reigns().await(PROMOTION_LIMIT);
            reign = parts.reigns().present();
        }
        return reign;
    }

    /** What the lock service tells, and the node's session there; null before the start. */
    public @Nullable Surroundings surroundings() {
        return around;
    }

    /** The newest entry in the state. */
    public Position applied() {
        return parts.store().applied();
    }

    /** The version of this software. */
    public String version() {
        return parts.version();
    }

    /** The hash of everything that the disk holds at a committed entry, once it is applied. */
    public CompletableFuture<StateHash> stateHash(long seq) {
        return parts.store().stateHash(seq);
    }

    /** Gives the node an order; done when it was carried out or refused. */
    public CompletableFuture<OrderAnswer> order(Order order) {
        CompletableFuture<OrderAnswer> answer = new CompletableFuture<>();
        orders.ask(answer::complete, ticket -> handle(now -> new Event.Ordered(now, ticket, order)));
        return answer;
    }

    /** Finds out whether this node is still the master (rule 15). */
    private void confirmLeadership(Consumer<Boolean> answer) {
        confirmations.ask(answer, ticket -> handle(now -> new Event.LeadershipAsked(now, ticket)));
    }

    /** Somebody has heard of a later reign than this node: nothing is committed before the node has looked. */
    public void doubt() {
        handle(now -> new Event.Stalled(now, parts.settings().timing().stall().toNanos()));
    }

    // --- stepping -------------------------------------------------------------------------------------------------

    private void tick() {
        handle(Event.Tick::new);
        try {
            Status seen = status();
            log.see(seen);
            disk.takeTime(seen.role() == Role.SPARE);
            awaited = followersAwaited();
            ticks++;
            if (ticks % TICKS_PER_SWEEP == 0) {
                parts.reigns().sweep();
            }
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end the ticks without a word.
            LOG.error("a look at the node failed", e);
        }
    }

    private Set<ConnectionId> followersAwaited() {
        lock.lock();
        try {
            return state.awaited();
        } finally {
            lock.unlock();
        }
    }

    /** Hands an event to the machine. Any thread. */
    private void handle(LongFunction<Event> event) {
        lock.lock();
        try {
            raised.add(event);
            if (!stepping) {
                stepping = true;
                stepThroughRaised();
                stepping = false;
            }
        } finally {
            lock.unlock();
        }
    }

    private void stepThroughRaised() {
        for (LongFunction<Event> next = raised.poll(); next != null; next = raised.poll()) {
            if (stopped) {
                answerAllQuestions();
            } else {
                step(next.apply(System.nanoTime()));
            }
        }
    }

    private void step(Event event) {
        try {
            Step step = RoleMachine.step(state, event);
            state = step.state();
            step.actions().forEach(this::begin);
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void begin(Action action) {
        switch (action) {
            case Action.Ask(long ticket, LockRequest request) ->
                around().locks().ask(request, answer -> handle(now -> new Event.LockAnswered(now, ticket, answer)));
            case Action.Disk(long ticket, DiskRequest request) -> disk.begin(ticket, request);
            case Action.Probe(long ticket, URI at, NodeId about) ->
                around().peers()
                        .probe(at, about, outcome -> handle(now -> new Event.ProbeAnswered(now, ticket, outcome)));
            case Action.Dial(ConnectionId connection, NodeId node, URI at) -> around().peers().dial(connection, at);
            case Action.HangUp(ConnectionId connection) -> around().peers().hangUp(connection);
            case Action.Send(ConnectionId connection, Frame frame) -> around().peers().send(connection, frame);
            case Action.StreamFrom(ConnectionId connection, Epoch epoch, long after) ->
                around().peers()
                        .streamFrom(connection, new EntryStream(
                                epoch, after, parts.store().tail(), disk::committed, () -> awaited.contains(connection)));
            case Action.StopStream(ConnectionId connection) -> around().peers().stopStream(connection);
            case Action.Serve(Epoch epoch) -> serve(epoch);
            case Action.Drain(Epoch epoch) ->
                parts.reigns().drain(epoch, () -> handle(now -> new Event.Drained(now, epoch)));
            case Action.StopServing(Epoch epoch, String why) -> {
                disk.endGate(epoch);
                parts.reigns().end(epoch, why);
            }
            case Action.CommitTo(Epoch epoch, long seq) -> disk.commit(epoch, seq);
            case Action.Retain(long afterSeq) -> parts.store().retainBehind(afterSeq);
            case Action.RaiseAlarm(Alarm alarm) -> log.raise(alarm);
            case Action.ClearAlarm(Alarm.Kind kind) -> log.clear(kind);
            case Action.Confirm(long ticket, boolean confirmed) -> confirmations.answer(ticket, confirmed);
            case Action.AnswerOrder(long ticket, OrderAnswer answer) -> orders.answer(ticket, answer);
        }
    }

    private void serve(Epoch epoch) {
        Leading storage = disk.leading(epoch);
        if (storage != null) {
            parts.reigns().begin(epoch, storage, this::confirmLeadership);
        }
    }

    /** An invariant is broken: whatever this node does next may be wrong, so it does nothing. */
    private void fail(Throwable cause) {
        fault = cause;
        log.failed(cause);
        halt("an internal error");
        abandonSession();
    }

    /** Others need not wait for the session to expire. */
    private void abandonSession() {
        Surroundings left = around;
        if (left != null) {
            left.abandonSession();
        }
    }

    private void halt(String why) {
        stopped = true;
        Reigns.Reign reign = parts.reigns().present();
        if (reign != null) {
            disk.endGate(reign.epoch());
            parts.reigns().end(reign.epoch(), why);
        }
        answerAllQuestions();
    }

    private void answerAllQuestions() {
        confirmations.answerAll(false);
        orders.answerAll(new OrderAnswer.Refused("the node stops"));
    }

    // --- stopping -------------------------------------------------------------------------------------------------

    /**
     * Hands over what the node is responsible for, then stops taking part. A node that nobody can take over from just
     * stops. Idempotent.
     */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        if (around != null && fault == null) {
            prepareStop();
        }
        crash(this::abandonSession);
    }

    /**
     * Stops at once, as if the process ended.
     *
     * @param lastWill is done before the connections are gone
     */
    void crash(Runnable lastWill) {
        ticker.shutdownNow();
        watchdog.close();
        lock.lock();
        try {
            if (!stopped) {
                halt("the worker stops");
            }
        } finally {
            lock.unlock();
        }
        disk.close();
        lastWill.run();
        Surroundings left = around;
        if (left != null) {
            left.close();
        }
    }

    private void prepareStop() {
        try {
            OrderAnswer answer = order(new Order.PrepareStop()).get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            LOG.info("before the end: {}", answer.message());
        } catch (TimeoutException e) {
            LOG.warn("nobody took over within {}: the end comes without", STOP_LIMIT);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // --- hearing --------------------------------------------------------------------------------------------------

    private void fetch(DiskRequest.TakeCheckpoint request, Consumer<CheckpointFetcher.Fetched> then) {
        around().peers().fetch(request, parts.store().receiving(), then);
    }

    private final class DiskHearing implements DiskEvents {
        @Override
        public void answered(long ticket, DiskAnswer answer) {
            handle(now -> new Event.DiskAnswered(now, ticket, answer));
        }

        @Override
        public void written() {
            around().peers().written();
        }

        @Override
        public void flushed(Position through) {
            handle(now -> new Event.Durable(now, through));
        }

        @Override
        public void failed(DiskAnswer.Trouble trouble, String message) {
            handle(now -> new Event.DiskFailed(now, trouble, message));
        }

        @Override
        public void established(Epoch epoch) {
            handle(now -> new Event.Established(now, epoch));
        }
    }

    private final class Host implements LinkHost {
        @Override
        public void connected(ConnectionId connection) {
            handle(now -> new Event.Connected(now, connection));
        }

        @Override
        public void received(ConnectionId connection, Frame frame) {
            handle(now -> new Event.FrameCame(now, connection, frame));
        }

        @Override
        public void disconnected(ConnectionId connection, Event.Cause cause) {
            handle(now -> new Event.Disconnected(now, connection, cause));
        }

        @Override
        public ProbeOutcome.Answered answer(NodeId about) {
            lock.lock();
            try {
                return new ProbeOutcome.Answered(
                        state.status().report(), state.sightOf(about, System.nanoTime()), state.ceased());
            } finally {
                lock.unlock();
            }
        }

        @Override
        public StoreCheckpoint open(NodeId follower, Epoch epoch) {
            Status status = status();
            if (status.role() != Role.MASTER || !status.epoch().equals(epoch)) {
                throw new StorageException(
                        StorageException.Reason.REJECTED, "this node is not the master of epoch " + epoch, null);
            }
            return parts.store().checkpoint();
        }
    }
}
