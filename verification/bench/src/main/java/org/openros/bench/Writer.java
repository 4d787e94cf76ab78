// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.openros.bench.client.SyncConnection;
import org.openros.bench.client.SyncSession;

/** A client that uploads and waits for acknowledgements. Confined to its event loop once it is open. */
final class Writer implements SyncSession.Listener {
    private final Site site;
    private final ObjectChangesets changesets;
    private final Queue<Pending> pending = new ArrayDeque<>();
    private @Nullable SyncSession session;
    private @Nullable CompletableFuture<Void> drained;
    private LongConsumer whenAcknowledged = began -> {};

    private record Pending(long clientVersion, long began) {}

    Writer(Site site, int number, int payload) {
        this.site = site;
        this.changesets = new ObjectChangesets(number, payload);
    }

    /** Binds the writer's session. */
    SyncSession open(SyncConnection connection, String partition) {
        SyncSession opened = connection.open(partition, this);
        session = opened;
        return opened;
    }

    SyncSession session() {
        if (session == null) {
            throw new IllegalStateException("the writer was not opened");
        }
        return session;
    }

    /** Hears when uploads that began at a moment are acknowledged, on the event loop. */
    void onAcknowledged(LongConsumer listener) {
        whenAcknowledged = listener;
    }

    /** Uploads one changeset on behalf of a moment by {@link System#nanoTime}. */
    void write(long began) {
        write(began, SyncSession.now());
    }

    void write(long began, long originTimestamp) {
        pending.add(new Pending(session().upload(List.of(changesets.next()), originTimestamp), began));
    }

    /** Uploads several changesets in one message. */
    void writeBatch(long began, int count) {
        List<byte[]> batch = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batch.add(changesets.next());
        }
        pending.add(new Pending(session().upload(batch, SyncSession.now()), began));
    }

    /** Uploads the schema; the result is complete when it is acknowledged. */
    CompletableFuture<Void> writeSchema() {
        session().connection().run(() -> {
            long version = session().upload(List.of(ObjectChangesets.schema()), SyncSession.now());
            pending.add(new Pending(version, System.nanoTime()));
        });
        return drain();
    }

    /** Complete when everything is acknowledged. */
    CompletableFuture<Void> drain() {
        CompletableFuture<Void> result = new CompletableFuture<>();
        session().connection().run(() -> {
            drained = result;
            completeDrain();
        });
        return result;
    }

    private void completeDrain() {
        if (pending.isEmpty() && drained != null) {
            drained.complete(null);
            drained = null;
        }
    }

    @Override
    public void acknowledged(long clientVersion) {
        Pending first = pending.peek();
        while (first != null && first.clientVersion <= clientVersion) {
            pending.remove();
            whenAcknowledged.accept(first.began);
            first = pending.peek();
        }
        completeDrain();
    }

    @Override
    public void failed(Throwable cause) {
        site.failed(cause);
        if (drained != null) {
            drained.completeExceptionally(cause);
        }
    }
}
