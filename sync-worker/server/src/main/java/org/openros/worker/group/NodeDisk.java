// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.replication.disk.DiskAnswer;
import org.openros.replication.disk.DiskAnswer.Trouble;
import org.openros.replication.disk.DiskRequest;
import org.openros.replication.disk.DiskView;
import org.openros.replication.link.FetchException;
import org.openros.storage.Leading;
import org.openros.storage.NodeStore;
import org.openros.storage.StorageException;
import org.openros.storage.StoreCheckpoint;
import org.openros.storage.StoreIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the machine's requests to the node's store, one after the other on one thread. Entries that wait are appended
 * with one flush. Committed entries are applied to the state by another thread meanwhile. Thread-safe.
 */
final class NodeDisk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDisk.class);

    /** A spare is as much behind at most; if it is wanted as backup, the first acknowledgements come so much later. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    private final NodeStore store;
    private final CheckpointFetcher fetcher;
    private final DiskEvents events;
    private final DiskAgenda agenda = new DiskAgenda(GATHERING);
    private final Thread thread = Thread.ofPlatform().daemon().name("group-disk").unstarted(this::run);
    private final FollowerApplier applier;
    private final ExecutorService lookups =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("group-lookup-", 0).factory());
    private volatile @Nullable ReignGate gate;
    private volatile @Nullable Leading leading;

    NodeDisk(NodeStore store, CheckpointFetcher fetcher, DiskEvents events) {
        this.store = store;
        this.fetcher = fetcher;
        this.events = events;
        applier = new FollowerApplier(() -> store.applied().seq(), store::apply,
                (ticket, failure) -> events.answered(ticket, failure(failure)));
        thread.start();
    }

    /** The store's identity and contents as they are now. */
    static DiskView view(NodeStore store) {
        StoreIdentity identity = store.identity();
        return new DiskView(
                identity.group(),
                identity.node(),
                identity.store(),
                identity.lineage(),
                store.promisedEpoch(),
                store.epochs(),
                store.last(),
                store.applied().seq(),
                null);
    }

    /** Begins to carry out a request; its answer comes as an event. */
    void begin(long ticket, DiskRequest request) {
        switch (request) {
            case DiskRequest.Locate locate -> lookups.execute(() -> answer(ticket, () -> locate(locate.seq())));
            case DiskRequest.TakeCheckpoint take ->
                fetcher.fetch(take, fetched -> agenda.add(task(ticket, () -> install(fetched))));
            case DiskRequest.Append append -> agenda.append(ticket, append.entries());
            case DiskRequest.Apply apply -> applier.apply(ticket, apply.seq());
            case DiskRequest.Adopt adopt -> add(ticket, () -> {
                StoreIdentity now = store.identity();
                store.adopt(new StoreIdentity(now.group(), now.node(), now.store(), adopt.lineage()));
            });
            case DiskRequest.Promise promise -> add(ticket, () -> store.promise(promise.epoch()));
            case DiskRequest.Cut cut -> add(ticket, () -> store.cut(cut.seq()));
            case DiskRequest.Lead lead -> lead(ticket, lead.epoch());
            case DiskRequest.EndLead end -> {
                endGate(end.epoch());
                add(ticket, () -> endLead(end.epoch()));
            }
        }
    }

    /** Whether nobody waits for what is appended, so that entries may gather for a flush: on a spare. */
    void takeTime(boolean unhurried) {
        agenda.takeTime(unhurried);
    }

    private void add(long ticket, Runnable work) {
        agenda.add(task(ticket, () -> {
            work.run();
            return new DiskAnswer.Done(view(store));
        }));
    }

    private static DiskAgenda.Task task(long ticket, DiskWork work) {
        return new DiskAgenda.Task(ticket, work, () -> {});
    }

    /** Flushes are reported once the machine has heard what was inherited. */
    private void lead(long ticket, Epoch epoch) {
        ReignGate fresh = new ReignGate(epoch, new GateHearing());
        agenda.add(new DiskAgenda.Task(ticket, () -> lead(fresh), fresh::open));
    }

    /** The storage of a reign, or null if it is not that reign's turn. */
    @Nullable Leading leading(Epoch epoch) {
        ReignGate present = gate;
        return present != null && present.epoch().equals(epoch) ? leading : null;
    }

    /** Moves the commit point of a reign; nothing happens if it has ended. */
    void commit(Epoch epoch, long seq) {
        ReignGate present = gate;
        if (present != null && present.epoch().equals(epoch)) {
            present.commit(seq);
        }
    }

    /** The commit point of the present reign. */
    long committed() {
        ReignGate present = gate;
        return present == null ? 0 : present.committed();
    }

    /** Nothing is committed in that reign any more. */
    void endGate(Epoch epoch) {
        ReignGate present = gate;
        if (present != null && present.epoch().equals(epoch)) {
            present.end();
        }
    }

    private final class GateHearing implements ReignGate.Hearing {
        @Override
        public void written() {
            events.written();
        }

        @Override
        public void flushed(Position through) {
            events.flushed(through);
        }

        @Override
        public void failed(StorageException failure) {
            events.failed(trouble(failure), String.valueOf(failure.getMessage()));
        }
    }

    // --- the disk's thread ----------------------------------------------------------------------------------------

    private void run() {
        for (DiskAgenda.Item item = agenda.take(); item != null; item = agenda.take()) {
            switch (item) {
                case DiskAgenda.Task task -> carryOut(task);
                case DiskAgenda.Appends appends -> append(appends);
            }
        }
    }

    private void carryOut(DiskAgenda.Task task) {
        answer(task.ticket(), task.work());
        task.afterAnswer().run();
    }

    private void append(DiskAgenda.Appends appends) {
        List<LogEntry> entries = appends.entries();
        answer(appends.ticket(), () -> {
            store.append(entries);
            return new DiskAnswer.Done(view(store));
        });
    }

    private DiskAnswer lead(ReignGate fresh) {
        applier.rest();
        DiskView inherited = view(store);
        gate = fresh;
        Leading begun = store.lead(fresh.epoch(), fresh);
        leading = begun;
        var _ = begun.established().thenRun(() -> events.established(fresh.epoch()));
        return new DiskAnswer.Done(inherited);
    }

    private void endLead(Epoch epoch) {
        endGate(epoch);
        Leading ending = leading(epoch);
        if (ending != null) {
            leading = null;
            ending.close();
        }
    }

    private DiskAnswer install(CheckpointFetcher.Fetched fetched) {
        return switch (fetched) {
            case CheckpointFetcher.Fetched.Failed(Throwable reason) -> failure(reason);
            case CheckpointFetcher.Fetched.Complete(Path folder, StoreCheckpoint.Manifest manifest) -> {
                applier.rest();
                store.install(folder, manifest);
                yield new DiskAnswer.Done(view(store));
            }
        };
    }

    private DiskAnswer locate(long seq) {
        return new DiskAnswer.Located(store.position(seq), store.tail().has(seq));
    }

    private void answer(long ticket, DiskWork work) {
        DiskAnswer answer;
        try {
            answer = work.carryOut();
        } catch (StorageException e) {
            answer = failure(e);
        } catch (RuntimeException | Error e) {
            LOG.error("The disk failed", e);
            answer = failure(e);
        }
        events.answered(ticket, answer);
    }

    private static DiskAnswer failure(Throwable failure) {
        return new DiskAnswer.Failed(trouble(failure), String.valueOf(failure.getMessage()));
    }

    private static Trouble trouble(Throwable failure) {
        return switch (failure) {
            case FetchException fetch ->
                    fetch.reason() == FetchException.Reason.DISK_FULL ? Trouble.FULL : Trouble.NOT_FETCHED;
            case StorageException storage -> switch (storage.reason()) {
                case DISK_FULL -> Trouble.FULL;
                case REJECTED -> Trouble.REJECTED;
                case CORRUPT, UNKNOWN_FORMAT -> Trouble.DAMAGED;
                case NOT_ACCESSIBLE, IN_USE, FOREIGN, IO, CLOSED, NOT_MASTER -> Trouble.BROKEN;
            };
            default -> Trouble.BROKEN;
        };
    }

    /** Ends a reign that is left, and the thread once what was asked for is done; the store stays open. */
    @Override
    public void close() {
        ReignGate present = gate;
        if (present != null) {
            present.end();
            add(0, () -> endLead(present.epoch()));
        }
        agenda.end();
        lookups.shutdown();
        applier.close();
        joinUninterruptibly();
    }

    private void joinUninterruptibly() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
