// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;

import static org.assertj.core.api.Assertions.assertThat;

/** A log on a faulty disk, and what it must and may hold. */
final class LogScenario {
    static final UUID STORE = new UUID(1, 2);
    static final long SEGMENT = 64 << 10;
    static final LogOptions OPTIONS = new LogOptions(STORE, SEGMENT, 3, 20 << 10, 0);

    final Random random;
    final FaultyFolder disk;
    private final LogOptions options;
    /** Everything that was tried, in order; the log may hold a first part of it. */
    private final List<LogEntry> tried = new ArrayList<>();
    private final ChainHash.Chain chain = new ChainHash.Chain();
    FileCommitLog log;
    private Epoch epoch = new Epoch(1);
    private int acknowledged;
    private int applied;

    LogScenario(long seed) {
        this(seed, OPTIONS);
    }

    LogScenario(long seed, LogOptions options) {
        this.options = options;
        random = new Random(seed);
        disk = new FaultyFolder(random);
        log = FileCommitLog.open(disk, options, Position.START, EpochTable.EMPTY);
    }

    /**
     * Appends a batch of entries of random size, as a master or a follower; they count as acknowledged if that returns.
     */
    void append(int count, int maxSize) {
        List<byte[]> payloads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[1 + random.nextInt(maxSize)];
            random.nextBytes(payload);
            payloads.add(payload);
        }
        int from = tried.size();
        payloads.forEach(this::remember);
        try {
            if (random.nextBoolean()) {
                log.append(epoch, payloads, this::seenByReaders);
            } else {
                log.append(List.copyOf(tried.subList(from, tried.size())));
            }
            acknowledged = tried.size();
        } catch (StorageException e) {
            if (e.reason() == StorageException.Reason.DISK_FULL) {
                forgetBehind(acknowledged);
            }
            throw e;
        }
    }

    private void remember(byte[] payload) {
        Position last = position(tried.size());
        ChainHash hash = chain.next(last.hash(), epoch.value(), last.seq() + 1, payload);
        tried.add(new LogEntry(new Position(epoch, last.seq() + 1, hash), payload));
    }

    private void seenByReaders(Position through) {
        assertThat(log.read(through.seq() - 1, 0)).last().extracting(LogEntry::position).isEqualTo(through);
        assertThat(log.last().seq()).isLessThan(through.seq());
    }

    private void forgetBehind(int count) {
        tried.subList(count, tried.size()).clear();
    }

    Position position(int count) {
        return count == 0 ? Position.START : tried.get(count - 1).position();
    }

    int acknowledged() {
        return acknowledged;
    }

    /** Another master writes from now on. */
    void nextEpoch() {
        epoch = epoch.next();
    }

    /** Cuts a random part of what is not applied off. */
    void cut() {
        cut(applied + random.nextInt(acknowledged - applied + 1));
    }

    void cut(int to) {
        log.cut(to);
        forgetBehind(to);
        acknowledged = to;
        nextEpoch();
    }

    /** The machine stops during a cut, which a failed flush looks like. */
    void crashWhileCutting(int flushesBefore) {
        int to = applied + random.nextInt(acknowledged - applied + 1);
        int before = acknowledged;
        disk.failFlushAfter(flushesBefore);
        try {
            log.cut(to);
            before = to;
        } catch (StorageException e) {
            assertThat(e.reason()).isEqualTo(StorageException.Reason.IO);
        }
        disk.failFlushAfter(Integer.MAX_VALUE);
        acknowledged = to;
        crash();
        assertThat(acknowledged).isIn(to, before);
        nextEpoch();
    }

    /** The machine stopped behind the point from which on a cut is durable. */
    void crashedIntoCut(int to) {
        acknowledged = to;
        crash();
        assertThat(acknowledged).isEqualTo(to);
        nextEpoch();
    }

    /** The state has made some more of the acknowledged entries durable. */
    void apply(int count) {
        applied = Math.min(acknowledged, applied + count);
        log.release(applied);
    }

    void applyAll() {
        apply(Integer.MAX_VALUE / 2);
    }

    void crash() {
        log.close();
        disk.crash();
        reopen();
    }

    /** Opens the log anew and checks that it holds what was acknowledged, and nothing that was not tried. */
    void reopen() {
        reopenExpectingAtLeast(acknowledged);
    }

    void reopenExpectingAtLeast(int minimum) {
        log.close();
        log = FileCommitLog.open(disk, options, position(applied), epochs(applied));
        int count = (int) log.last().seq();
        assertThat(count).isBetween(minimum, tried.size());
        assertThat(log.last()).isEqualTo(position(count));
        assertThat(log.epochs()).isEqualTo(epochs(count));
        checkEntries(applied, count);
        forgetBehind(count);
        acknowledged = count;
    }

    /** Checks everything that the log still has, in pieces. */
    void checkAll() {
        int from = 0;
        while (!log.has(from)) {
            from++;
        }
        checkEntries(from, acknowledged);
    }

    private void checkEntries(int after, int through) {
        int next = after;
        while (next < through) {
            for (LogEntry entry : log.read(next, random.nextInt(10_000))) {
                LogEntry expected = tried.get(next++);
                assertThat(entry.position()).isEqualTo(expected.position());
                assertThat(entry.payload()).isEqualTo(expected.payload());
            }
        }
        assertThat(log.read(through, 1)).isEmpty();
    }

    private EpochTable epochs(int count) {
        EpochTable table = EpochTable.EMPTY;
        for (LogEntry entry : tried.subList(0, count)) {
            table = table.with(entry.position().epoch(), entry.position().seq());
        }
        return table;
    }
}
