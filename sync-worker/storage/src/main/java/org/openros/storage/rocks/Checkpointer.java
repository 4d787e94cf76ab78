// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.openros.storage.StorageException;
import org.openros.storage.log.FileCommitLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the state's memtables to disk whenever enough log has been written since the last time, and releases the log
 * up to there. That bounds the log, and how much of it is read again after a crash.
 */
final class Checkpointer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    private final StateDatabase db;
    private final RocksState state;
    private final FileCommitLog commitLog;
    private final long everyBytes;
    private final AtomicBoolean running = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("storage-checkpointer").unstarted(task));
    private final AtomicLong bytes = new AtomicLong();

    Checkpointer(StateDatabase db, RocksState state, FileCommitLog commitLog, long everyBytes) {
        this.db = db;
        this.state = state;
        this.commitLog = commitLog;
        this.everyBytes = everyBytes;
    }

    /** So many bytes were added to the log. */
    void logged(long logBytes) {
        if (bytes.addAndGet(logBytes) >= everyBytes) {
            checkpointSoon();
        }
    }

    /** Starts a checkpoint in the background unless one is under way. */
    void checkpointSoon() {
        if (running.compareAndSet(false, true)) {
            thread.execute(this::run);
        }
    }

    private void run() {
        boolean done;
        do {
            bytes.set(0);
            done = checkpoint();
        } while (done && bytes.get() >= everyBytes);
        running.set(false);
    }

    private boolean checkpoint() {
        long through = state.applied().seq();
        try {
            db.flush();
            commitLog.release(through);
            return true;
        } catch (StorageException e) {
            log.warn("The log is kept, it could not be replaced by the state: {}", e.getMessage());
            return false;
        }
    }

    /** Makes the whole state durable, so that the next opening finds nothing to read again. */
    @Override
    public void close() {
        thread.close();
        checkpoint();
    }
}
