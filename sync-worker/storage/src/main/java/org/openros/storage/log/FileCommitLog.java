// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.log.Position;
import org.openros.storage.DiskFailure;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.openros.storage.commit.CommitLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log in segment files of equal size, which are filled with zeros ahead and reused, so that a flush of the disk
 * carries data only.
 *
 * <p>A batch lies in one segment: if it does not fit, it starts the next one. After opening, the first batch starts a
 * new segment too, so what a crash left behind the last good record is never written around. A batch whose write
 * failed is wiped before the failure is reported. After a failed flush nobody knows what is on the disk, so the log
 * does not go on.
 */
public final class FileCommitLog implements CommitLog {
    private static final Logger log = LoggerFactory.getLogger(FileCommitLog.class);

    private final LogOptions options;
    private final SegmentPool pool;
    private final Deque<Segment> retired;
    private final BatchWriter writer = new BatchWriter();
    private final SecureRandom random = new SecureRandom();
    private @Nullable Segment active;
    private @Nullable StorageException broken;
    private long lastOrdinal;
    private volatile Position last;

    /**
     * Opens or creates the log of a folder.
     *
     * @param applied what the applied state has; the log may lack entries up to there, not behind
     * @throws StorageException if it cannot be read, is damaged, or belongs to another store or release
     */
    public static FileCommitLog open(Path path, LogOptions options, Position applied) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw DiskFailure.of("the log folder " + path + " cannot be made", e);
        }
        return open(new DiskLogFolder(path), options, applied);
    }

    static FileCommitLog open(LogFolder folder, LogOptions options, Position applied) {
        LogRecovery recovery = new LogRecovery(folder, options, applied);
        try {
            return new FileCommitLog(options, recovery.recover());
        } catch (IOException e) {
            recovery.close();
            throw DiskFailure.of("the log cannot be read", e);
        } catch (StorageException e) {
            recovery.close();
            throw e;
        }
    }

    private FileCommitLog(LogOptions options, LogRecovery.Recovered recovered) {
        this.options = options;
        this.pool = recovered.pool();
        this.retired = new ArrayDeque<>(recovered.live());
        this.lastOrdinal = recovered.lastOrdinal();
        this.last = recovered.last();
        pool.makeAhead();
    }

    @Override
    public Position last() {
        return last;
    }

    @Override
    public Position append(List<byte[]> payloads) {
        if (broken != null) {
            throw broken;
        }
        long size = BatchWriter.size(payloads);
        Segment segment = segmentFor(size);
        Segment written = write(segment, payloads, size);
        force(written);
        use(written);
        return written.last();
    }

    private Segment segmentFor(long size) {
        try {
            if (active != null && active.end() + size <= active.file().size()) {
                return active;
            }
            LogFile file = pool.take(SegmentHeader.BYTES + size);
            SegmentHeader header = new SegmentHeader(lastOrdinal + 1, random.nextLong(), options.store(), last);
            return new Segment(file, header, SegmentHeader.BYTES, last);
        } catch (IOException e) {
            throw stopUnlessFull(DiskFailure.of("the log cannot get another segment", e));
        }
    }

    private Segment write(Segment segment, List<byte[]> payloads, long size) {
        Epoch epoch = last.epoch();
        try {
            return writer.write(segment, epoch, payloads);
        } catch (IOException e) {
            StorageException failure = DiskFailure.of("the log cannot be written", e);
            wipe(segment, size, failure);
            throw stopUnlessFull(failure);
        }
    }

    private StorageException stopUnlessFull(StorageException failure) {
        broken = failure.reason() == Reason.DISK_FULL ? null : failure;
        return failure;
    }

    private void wipe(Segment segment, long size, StorageException failure) {
        boolean isNew = segment.end() == SegmentHeader.BYTES;
        try {
            writer.wipe(segment.file(), isNew ? 0 : segment.end(), segment.end() + size);
            if (isNew) {
                pool.giveBack(segment.file());
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw breakDown("a batch that could not be written could not be taken back either", e);
        }
    }

    private void force(Segment segment) {
        try {
            segment.file().force();
        } catch (IOException e) {
            throw breakDown("the log could not be flushed to the disk; check the disk, then open the storage anew", e);
        }
    }

    private StorageException breakDown(String message, IOException cause) {
        StorageException failure = new StorageException(Reason.IO, message + " (" + cause + ")", cause);
        broken = failure;
        return failure;
    }

    private void use(Segment written) {
        if (active != null && active.header() != written.header()) {
            retire(active);
        }
        active = written;
        lastOrdinal = written.header().ordinal();
        last = written.last();
    }

    private void retire(Segment segment) {
        synchronized (retired) {
            retired.add(segment);
        }
    }

    /** Only before the first append: reads what recovery found. */
    @Override
    public void replay(long afterSeq, EntryVisitor visitor) {
        try {
            for (Segment segment : retired) {
                SegmentScan.of(segment.file(), segment.header(), (position, payload) -> {
                    if (position.seq() > afterSeq) {
                        visitor.visit(position, payload);
                    }
                });
            }
        } catch (IOException e) {
            throw DiskFailure.of("the log cannot be read", e);
        }
    }

    @Override
    public void release(long throughSeq) {
        synchronized (retired) {
            Iterator<Segment> segments = retired.iterator();
            while (segments.hasNext()) {
                Segment segment = segments.next();
                if (segment.last().seq() > throughSeq) {
                    return;
                }
                segments.remove();
                giveBack(segment.file());
            }
        }
    }

    private void giveBack(LogFile file) {
        try {
            pool.giveBack(file);
        } catch (IOException e) {
            log.warn("Log segment {} could not be removed: {}", file.name(), e.toString());
        }
    }

    @Override
    public void close() {
        pool.close();
        synchronized (retired) {
            retired.forEach(segment -> SegmentPool.closeQuietly(segment.file()));
            retired.clear();
        }
        if (active != null) {
            SegmentPool.closeQuietly(active.file());
            active = null;
        }
        broken = new StorageException(Reason.CLOSED, "the log has been closed", null);
    }
}
