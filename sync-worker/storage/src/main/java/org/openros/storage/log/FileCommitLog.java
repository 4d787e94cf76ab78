// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.DiskFailure;
import org.openros.storage.LogTail;
import org.openros.storage.StorageException;
import org.openros.storage.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log in segment files of equal size, which are filled with zeros ahead and reused, so that a flush of the disk
 * carries data only. One thread at a time may write; any may read.
 *
 * <p>A batch lies in one segment: if it does not fit, it starts the next one. After opening, the first batch starts a
 * new segment too, so what a crash left behind the last good record is never written around. A batch whose write
 * failed is wiped before the failure is reported. After a failed flush nobody knows what is on the disk, so the log
 * does not go on.
 *
 * <p>A cut takes effect with the header of a new segment that begins at the cut; what lies behind it in older segments
 * is wiped then.
 */
public final class FileCommitLog implements LogTail, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FileCommitLog.class);
    private static final long MAX_BATCH = 1L << 30;

    private final LogFolder folder;
    private final LogOptions options;
    private final SegmentPool pool;
    private final SegmentChain segments;
    private final RecentEntries recent;
    private final SegmentReader reader;
    private final BatchWriter writer = new BatchWriter();
    private final ChainHash.Chain chain = new ChainHash.Chain();
    private final SecureRandom random = new SecureRandom();
    private @Nullable Segment active;
    private long lastOrdinal;
    private volatile @Nullable StorageException broken;
    private volatile Position last;
    private volatile EpochTable epochs;
    private volatile long released;
    private volatile long needed = Long.MAX_VALUE;

    /**
     * Opens or creates the log of a folder.
     *
     * @param applied what the applied state has; the log may lack entries up to there, not behind
     * @param epochs up to there
     * @throws StorageException if it cannot be read, is damaged, or belongs to another store or release
     */
    public static FileCommitLog open(Path path, LogOptions options, Position applied, EpochTable epochs) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw DiskFailure.of("the log folder " + path + " cannot be made", e);
        }
        return open(new DiskLogFolder(path), options, applied, epochs);
    }

    static FileCommitLog open(LogFolder folder, LogOptions options, Position applied, EpochTable epochs) {
        LogRecovery recovery = new LogRecovery(folder, options, applied, epochs);
        try {
            return new FileCommitLog(folder, options, applied.seq(), recovery.recover());
        } catch (IOException e) {
            recovery.close();
            throw DiskFailure.of("the log cannot be read", e);
        } catch (IllegalArgumentException e) {
            recovery.close();
            throw new StorageException(Reason.CORRUPT, "the epochs of log and state disagree: restore both from one "
                    + "backup, or let the node join anew (" + e.getMessage() + ")", e);
        } catch (StorageException e) {
            recovery.close();
            throw e;
        }
    }

    private FileCommitLog(LogFolder folder, LogOptions options, long released, LogRecovery.Recovered recovered) {
        this.released = released;
        this.folder = folder;
        this.options = options;
        this.pool = recovered.pool();
        this.segments = new SegmentChain(recovered.live());
        this.recent = recovered.recent();
        this.reader = new SegmentReader(folder);
        this.lastOrdinal = recovered.lastOrdinal();
        this.last = recovered.last();
        this.epochs = recovered.epochs();
        pool.makeAhead();
    }

    /** The position of the newest durable entry. */
    public Position last() {
        return last;
    }

    /** Whether it is known what is on the disk: nothing but what is durable. */
    public boolean isIntact() {
        return broken == null;
    }

    /** Which epoch wrote what, up to the newest durable entry. */
    public EpochTable epochs() {
        return epochs;
    }

    /**
     * Appends entries of an epoch and returns once all of them are durable. They may survive a crash in part (always a
     * first part) if it has not returned.
     *
     * @param epoch not below the one of the newest entry
     * @param payloads at least one; not modified later
     * @param written told the position of the last one once readers see it, before it is durable
     * @return the position of the last one
     * @throws StorageException with {@code DISK_FULL} if nothing was kept or shown, and the call may be repeated; with
     *     any other reason if the log cannot be used any more, and what became of the entries shows at the next opening
     */
    public Position append(Epoch epoch, List<byte[]> payloads, Consumer<Position> written) {
        List<LogEntry> entries = new ArrayList<>(payloads.size());
        Position position = last;
        for (byte[] payload : payloads) {
            position = next(position, epoch, payload);
            entries.add(new LogEntry(position, payload));
        }
        write(entries, written);
        return position;
    }

    private Position next(Position before, Epoch epoch, byte[] payload) {
        long seq = before.seq() + 1;
        return new Position(epoch, seq, chain.next(before.hash(), epoch.value(), seq, payload));
    }

    /**
     * Appends entries that another log has. As the other one otherwise.
     *
     * @throws StorageException with {@code REJECTED} if they do not continue this log; nothing was kept then
     */
    public void append(List<LogEntry> entries) {
        throwIfBroken();
        Position position = last;
        for (LogEntry entry : entries) {
            Position expected = next(position, entry.position().epoch(), entry.payload());
            if (!expected.equals(entry.position()) || expected.epoch().compareTo(position.epoch()) < 0) {
                throw rejected("entry " + entry.position() + " does not follow " + position);
            }
            if (entry.payload().length == 0) {
                throw rejected("entry " + entry.position() + " is empty");
            }
            position = expected;
        }
        if (BatchWriter.size(entries) > MAX_BATCH) {
            throw rejected("more than " + MAX_BATCH + " bytes at once");
        }
        if (!entries.isEmpty()) {
            write(entries, through -> {});
        }
    }

    private static StorageException rejected(String what) {
        return new StorageException(Reason.REJECTED, what, null);
    }

    private void write(List<LogEntry> entries, Consumer<Position> written) {
        throwIfBroken();
        long size = BatchWriter.size(entries);
        Segment filled = fill(segmentFor(size, last), entries, size);
        active = filled;
        lastOrdinal = filled.header().ordinal();
        segments.put(filled);
        recent.add(entries);
        flush(filled, written);
        EpochTable table = epochs;
        for (LogEntry entry : entries) {
            table = table.with(entry.position().epoch(), entry.position().seq());
        }
        epochs = table;
        last = filled.last();
    }

    private void throwIfBroken() {
        StorageException failure = broken;
        if (failure != null) {
            throw new StorageException(failure.reason(), failure.getMessage(), failure);
        }
    }

    private Segment segmentFor(long size, Position before) {
        try {
            if (active != null && active.end() + size <= active.file().size()) {
                return active;
            }
            return take(size, before);
        } catch (IOException e) {
            throw stopUnlessFull(DiskFailure.of("the log cannot get another segment", e));
        }
    }

    private Segment take(long size, Position before) throws IOException {
        LogFile file = pool.take(SegmentHeader.BYTES + size);
        return Segment.unused(file, new SegmentHeader(lastOrdinal + 1, random.nextLong(), options.store(), before));
    }

    private Segment fill(Segment segment, List<LogEntry> entries, long size) {
        try {
            return writer.write(segment, entries);
        } catch (IOException e) {
            StorageException failure = DiskFailure.of("the log cannot be written", e);
            wipe(segment, segment.end() + size, failure);
            throw stopUnlessFull(failure);
        }
    }

    private StorageException stopUnlessFull(StorageException failure) {
        broken = failure.reason() == Reason.DISK_FULL ? null : failure;
        return failure;
    }

    private void wipe(Segment segment, long end, StorageException failure) {
        try {
            writer.wipe(segment.file(), segment.begun() ? segment.end() : 0, end);
            if (!segment.begun()) {
                pool.giveBack(segment.file());
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
            throw breakDown("a batch that could not be written could not be taken back either", e);
        }
    }

    private void flush(Segment segment, Consumer<Position> written) {
        try {
            written.accept(segment.last());
            segment.file().force();
        } catch (IOException e) {
            throw breakDown("the log could not be flushed to the disk; check the disk, then open the storage anew", e);
        } catch (RuntimeException | Error e) {
            throw breakDown("the log stopped after an internal error", e);
        }
    }

    private StorageException breakDown(String message, Throwable cause) {
        StorageException failure = new StorageException(Reason.IO, message + " (" + cause + ")", cause);
        broken = failure;
        return failure;
    }

    /**
     * Cuts all entries behind a number off. Durable when it returns; a crash leaves either.
     *
     * @throws StorageException as {@link #append}
     */
    public void cut(long seq) {
        throwIfBroken();
        if (seq >= last.seq()) {
            return;
        }
        Position end = position(seq);
        if (end == null) {
            throw new StorageException(Reason.CORRUPT, "entry " + seq + " to cut at is not in the log any more", null);
        }
        Segment holder = segments.holding(seq);
        try {
            long keep = holder == null || holder.last().equals(end) ? 0 : reader.endOf(holder, seq);
            Segment marker = mark(end);
            forgetBehind(end, marker);
            wipe(segments.cut(marker), keep);
        } catch (IOException e) {
            throw breakDown("what was cut off the log could not be wiped", e);
        }
    }

    /** From here on the cut is durable. */
    private Segment mark(Position end) {
        Segment unused;
        try {
            unused = take(0, end);
        } catch (IOException e) {
            throw stopUnlessFull(DiskFailure.of("the log cannot get another segment", e));
        }
        Segment marker = begin(unused);
        flush(marker, through -> {});
        return marker;
    }

    private Segment begin(Segment unused) {
        try {
            return writer.begin(unused);
        } catch (IOException e) {
            StorageException failure = DiskFailure.of("the log cannot be cut", e);
            wipe(unused, SegmentHeader.BYTES, failure);
            throw stopUnlessFull(failure);
        }
    }

    private void forgetBehind(Position end, Segment marker) {
        active = marker;
        lastOrdinal = marker.header().ordinal();
        last = end;
        epochs = epochs.upTo(end.seq());
        recent.cut(end.seq());
        reader.forget();
    }

    private void wipe(SegmentChain.Cut cut, long keep) throws IOException {
        if (cut.shortened() != null) {
            LogFile file = cut.shortened().file();
            writer.wipe(file, keep, file.size());
        }
        for (Segment segment : cut.dropped()) {
            writer.wipe(segment.file(), 0, SegmentHeader.BYTES);
            pool.giveBack(segment.file());
        }
    }

    @Override
    public List<LogEntry> read(long afterSeq, long maxBytes) {
        List<LogEntry> found = recent.read(afterSeq, maxBytes);
        if (!found.isEmpty() || afterSeq >= recent.lastSeq()) {
            return found;
        }
        Segment segment = segments.holding(afterSeq + 1);
        if (segment == null) {
            throw released(afterSeq, null);
        }
        try {
            return reader.read(segment, afterSeq, maxBytes);
        } catch (IOException e) {
            throw unreadable(segment, afterSeq, e);
        }
    }

    private StorageException unreadable(Segment segment, long afterSeq, IOException cause) {
        if (!segment.equals(segments.holding(afterSeq + 1))) {
            return released(afterSeq, cause);
        }
        if (segment.last().seq() <= released) {
            log.warn("The log before entry {} cannot be read and is dropped: {}", segment.last().seq(),
                    cause.toString());
            segments.dropThrough(segment).forEach(this::giveBack);
            return released(afterSeq, cause);
        }
        String place = folder.describe(segment.file().name());
        return new StorageException(
                Reason.CORRUPT, place + ": " + cause.getMessage() + "; let the node join anew", cause);
    }

    private static StorageException released(long afterSeq, @Nullable IOException cause) {
        return new StorageException(Reason.CORRUPT,
                "entries behind " + afterSeq + " are not in the log any more", cause);
    }

    @Override
    public boolean has(long afterSeq) {
        Segment oldest = segments.oldest();
        return afterSeq >= (oldest == null ? last : oldest.header().before()).seq();
    }

    /** The position of an entry, or null if the log does not have it any more or not yet. Any thread. */
    public @Nullable Position position(long seq) {
        Position end = last;
        if (seq == end.seq()) {
            return end;
        }
        Position held = recent.position(seq);
        if (held != null || seq > end.seq()) {
            return held;
        }
        Segment oldest = segments.oldest();
        if (oldest != null && oldest.header().before().seq() == seq) {
            return oldest.header().before();
        }
        return segments.holding(seq) == null ? null : readPosition(seq);
    }

    private @Nullable Position readPosition(long seq) {
        try {
            return read(seq - 1, 0).getFirst().position();
        } catch (StorageException e) {
            if (has(seq - 1)) {
                throw e;
            }
            return null;
        }
    }

    /** Allows to drop entries up to a sequence number, which the applied state has made durable. Any thread. */
    public void release(long throughSeq) {
        released = Math.max(released, throughSeq);
        dropUnneeded();
    }

    /** Keeps all entries behind a number, whatever the state has. Any thread. */
    public void retainBehind(long seq) {
        needed = seq;
        dropUnneeded();
    }

    private void dropUnneeded() {
        segments.release(Math.min(released, needed), options.laggardBytes()).forEach(this::giveBack);
    }

    private void giveBack(Segment segment) {
        try {
            pool.giveBack(segment.file());
        } catch (IOException e) {
            log.warn("Log segment {} could not be given free: {}", segment.file().name(), e.toString());
            SegmentPool.closeQuietly(segment.file());
        }
    }

    /** Releases the files. Idempotent; not beside a writer. */
    @Override
    public void close() {
        broken = new StorageException(Reason.CLOSED, "the log has been closed", null);
        pool.close();
        segments.clear().forEach(segment -> SegmentPool.closeQuietly(segment.file()));
        active = null;
    }
}
