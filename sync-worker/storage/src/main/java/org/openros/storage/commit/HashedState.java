// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.commit;

import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.domain.log.Position;
import org.openros.storage.RealmHead;
import org.openros.storage.StateHash;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.WriteSet;

/**
 * A state that stops at the entries of which somebody wants the hash, for as long as it takes to freeze a picture of
 * it. The hash is computed in the background. Thread-safe.
 */
public final class HashedState implements AppliedState, AutoCloseable {
    private static final int MAX_PENDING = 16;

    private final Freezable state;
    private final LongFunction<@Nullable Position> positions;
    private final NavigableMap<Long, CompletableFuture<StateHash>> pending = new TreeMap<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("storage-hash").unstarted(task));
    private boolean closed;

    /** A state of which a picture can be kept while it changes. */
    public interface Freezable extends AppliedState {
        /** The last entry in it. Any thread. */
        Position applied();

        /** Keeps a picture of now. */
        Picture freeze();
    }

    /** The state of one instant. */
    public interface Picture extends AutoCloseable {
        /** The hash of all keys and values in order, as {@link StateHash} has it; takes long. */
        String sha256();

        @Override
        void close();
    }

    /**
     * Wraps a state that is changed only through this.
     *
     * @param positions of the entries in the log
     */
    public HashedState(Freezable state, LongFunction<@Nullable Position> positions) {
        this.state = state;
        this.positions = positions;
    }

    /** The last entry in the state. */
    public Position applied() {
        return state.applied();
    }

    @Override
    public RealmHead head(RealmPath realm) {
        return state.head(realm);
    }

    /**
     * As the interface says.
     *
     * @param writeSets of the entries that follow the applied ones, without a gap and of one epoch; none for a single
     *     entry that changes nothing
     */
    @Override
    public synchronized void apply(List<WriteSet> writeSets, Position through) {
        int done = 0;
        for (Long at = nextPending(); at != null && at < through.seq(); at = nextPending()) {
            int count = Math.toIntExact(at - state.applied().seq());
            state.apply(writeSets.subList(done, done + count), position(at));
            done += count;
            answer();
        }
        state.apply(writeSets.subList(done, writeSets.size()), through);
        answer();
    }

    private @Nullable Long nextPending() {
        return pending.isEmpty() ? null : pending.firstKey();
    }

    private Position position(long seq) {
        Position position = positions.apply(seq);
        if (position == null) {
            throw new IllegalStateException("entry " + seq + " is applied and not in the log");
        }
        return position;
    }

    private void answer() {
        CompletableFuture<StateHash> wanted = pending.remove(state.applied().seq());
        if (wanted != null) {
            hash(wanted);
        }
    }

    private void hash(CompletableFuture<StateHash> wanted) {
        Position at = state.applied();
        Picture picture = state.freeze();
        wanted.completeAsync(() -> hash(at, picture), thread);
    }

    private static StateHash hash(Position at, Picture picture) {
        try (picture) {
            return new StateHash(at, picture.sha256());
        } catch (StorageException e) {
            throw new CompletionException(e);
        }
    }

    /** As {@link org.openros.storage.NodeStore#stateHash}. */
    public synchronized CompletableFuture<StateHash> hashAt(long seq) {
        CompletableFuture<StateHash> known = pending.get(seq);
        if (known != null) {
            return known.copy();
        }
        if (closed) {
            return CompletableFuture.failedFuture(closedNow());
        }
        if (seq < state.applied().seq()) {
            return refused("entry " + seq + " is not the last one any more, " + state.applied().seq() + " is");
        }
        if (pending.size() >= MAX_PENDING) {
            return refused("hashes at " + MAX_PENDING + " entries are wanted already");
        }
        CompletableFuture<StateHash> wanted = new CompletableFuture<>();
        pending.put(seq, wanted);
        answer();
        return wanted.copy();
    }

    private static CompletableFuture<StateHash> refused(String why) {
        return CompletableFuture.failedFuture(new StorageException(Reason.REJECTED, why, null));
    }

    /** Fails what is not answered, and waits for what is being computed. */
    @Override
    public void close() {
        failPending();
        thread.close();
    }

    private static StorageException closedNow() {
        return new StorageException(Reason.CLOSED, "the storage has been closed", null);
    }

    private synchronized void failPending() {
        closed = true;
        pending.values().forEach(wanted -> wanted.completeExceptionally(closedNow()));
        pending.clear();
    }
}
