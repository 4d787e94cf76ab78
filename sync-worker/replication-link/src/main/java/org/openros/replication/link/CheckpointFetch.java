// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openros.storage.StoreCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a checkpoint into a folder, over a connection of its own, and goes on where it was when the connection
 * breaks. It has a thread of its own. Thread-safe.
 */
public final class CheckpointFetch implements AutoCloseable {
    /** The fetch fails if not one byte came for this time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The first and the longest pause before another attempt, in milliseconds. */
    private static final int FIRST_PAUSE_MILLIS = 100;

    private static final int LONGEST_PAUSE_MILLIS = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFetch.class);

    private final CheckpointOrder order;
    private final ManagedChannel channel;
    private final CheckpointFiles files;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CompletableFuture<StoreCheckpoint.Manifest> done = new CompletableFuture<>();
    private final Thread thread;

    private CheckpointFetch(CheckpointOrder order, ManagedChannel channel, CheckpointFiles files) {
        this.order = order;
        this.channel = channel;
        this.files = files;
        thread = Thread.ofPlatform().daemon().name("checkpoint-fetch").unstarted(this::run);
    }

    static CheckpointFetch start(CheckpointOrder order, ManagedChannel channel, CheckpointFiles files) {
        CheckpointFetch fetch = new CheckpointFetch(order, channel, files);
        fetch.thread.start();
        return fetch;
    }

    /**
     * Done when all files are in the folder, checked and durable. Fails with a {@link FetchException}; the folder is
     * left alone from then on.
     */
    public CompletableFuture<StoreCheckpoint.Manifest> done() {
        return done;
    }

    private void run() {
        try {
            StoreCheckpoint.Manifest manifest = fetch();
            channel.shutdownNow();
            done.complete(manifest);
        } catch (FetchException e) {
            fail(e);
        } catch (IOException e) {
            fail(files.failure(e));
        } catch (InterruptedException e) {
            fail(closed());
        } catch (RuntimeException e) {
            fail(new FetchException(FetchException.Reason.MALFORMED, "the checkpoint cannot be read", e));
        }
    }

    private void fail(FetchException cause) {
        channel.shutdownNow();
        done.completeExceptionally(isClosed() ? closed() : cause);
    }

    private StoreCheckpoint.Manifest fetch() throws FetchException, IOException, InterruptedException {
        int pause = FIRST_PAUSE_MILLIS;
        long before = -1;
        while (true) {
            try {
                return files.fetch();
            } catch (StatusRuntimeException e) {
                boolean moved = files.lastProgress() != before;
                before = files.lastProgress();
                pause = moved ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                goOn(e, moved);
            }
            if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                throw closed();
            }
        }
    }

    private void goOn(StatusRuntimeException failure, boolean moved) throws FetchException {
        switch (failure.getStatus().getCode()) {
            case FAILED_PRECONDITION, UNIMPLEMENTED, UNAUTHENTICATED, PERMISSION_DENIED, INVALID_ARGUMENT ->
                throw new FetchException(FetchException.Reason.REFUSED, because(failure), failure);
            case NOT_FOUND -> files.forget();
            default -> {
                if (System.nanoTime() - files.lastProgress() > PATIENCE.toNanos()) {
                    throw new FetchException(FetchException.Reason.UNREACHABLE, because(failure), failure);
                }
            }
        }
        if (moved) {
            LOG.info("the checkpoint from {} stopped coming, fetching goes on: {}", order.master(), because(failure));
        }
    }

    private static String because(StatusRuntimeException failure) {
        String description = failure.getStatus().getDescription();
        return description == null ? failure.getStatus().getCode().name() : description;
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private static FetchException closed() {
        return new FetchException(FetchException.Reason.CLOSED, "the fetch was closed", null);
    }

    /**
     * Ends the fetch; what is in the folder stays. Returns at once, {@link #done} tells when it has ended. Idempotent.
     */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
