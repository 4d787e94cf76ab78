// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Segment files that wait for use. One is made ahead in the background, so that the committer does not wait for the
 * disk to fill it; files that are given back are reused, which costs nothing. Thread-safe; who needs a file while one
 * is being made waits for that one.
 */
final class SegmentPool implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SegmentPool.class);

    private final LogFolder folder;
    private final LogOptions options;
    private final Deque<LogFile> spares = new ArrayDeque<>();
    private final ExecutorService maker = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("storage-segments").unstarted(task));
    private long lastNumber;
    private boolean makingFailed;

    SegmentPool(LogFolder folder, LogOptions options, long lastNumber) {
        this.folder = folder;
        this.options = options;
        this.lastNumber = lastNumber;
    }

    /** The number in a file name, or -1 if it is not one of a segment. */
    static long number(String name) {
        return name.matches("[0-9]{8,18}\\.seg") ? Long.parseLong(name.substring(0, name.indexOf('.'))) : -1;
    }

    /** Makes a spare in the background unless there is one. */
    void makeAhead() {
        maker.execute(this::make);
    }

    private synchronized void make() {
        try {
            if (spares.isEmpty()) {
                spares.add(create(options.segmentBytes()));
            }
            makingFailed = false;
        } catch (IOException e) {
            if (!makingFailed) {
                log.warn("No log segment could be made ahead, commits may fail soon: {}", e.toString());
            }
            makingFailed = true;
        }
    }

    /** Takes a file of at least the given size. */
    synchronized LogFile take(long bytes) throws IOException {
        LogFile spare = bytes <= options.segmentBytes() ? spares.poll() : null;
        LogFile file = spare == null ? create(Math.max(bytes, options.segmentBytes())) : spare;
        if (spares.isEmpty()) {
            makeAhead();
        }
        return file;
    }

    private LogFile create(long bytes) throws IOException {
        return folder.create("%08d.seg".formatted(++lastNumber), bytes);
    }

    /**
     * Takes back a file whose content is not needed any more. Its header is wiped before anybody reuses it, so that it
     * is not taken for the old segment if a crash finds it half overwritten.
     */
    void giveBack(LogFile file) throws IOException {
        if (isWanted(file)) {
            file.write(ByteBuffer.allocate(SegmentHeader.BYTES), 0);
            file.force();
        }
        keepOrDelete(file);
    }

    private synchronized boolean isWanted(LogFile file) throws IOException {
        return spares.size() < options.spareSegments() && file.size() == options.segmentBytes();
    }

    private synchronized void keepOrDelete(LogFile file) throws IOException {
        if (isWanted(file)) {
            spares.add(file);
        } else {
            file.close();
            folder.delete(file.name());
        }
    }

    @Override
    public void close() {
        maker.close();
        spares.forEach(SegmentPool::closeQuietly);
        spares.clear();
    }

    /** Nothing unwritten is in a file that is closed this way. */
    static void closeQuietly(LogFile file) {
        try {
            file.close();
        } catch (IOException e) {
            log.warn("Log segment {} could not be closed: {}", file.name(), e.toString());
        }
    }
}
