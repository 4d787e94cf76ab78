// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.Position;
import org.openros.storage.StorageException;

import static org.assertj.core.api.Assertions.assertThat;

/** A log on a faulty disk, and what it must and may hold. */
final class LogScenario {
    static final UUID STORE = new UUID(1, 2);
    static final long SEGMENT = 64 << 10;
    static final LogOptions OPTIONS = new LogOptions(STORE, SEGMENT, 3);

    final Random random;
    final FaultyFolder disk;
    /** Everything that was tried, in order; the log may hold a first part of it. */
    private final List<byte[]> tried = new ArrayList<>();
    private final List<Position> positions = new ArrayList<>();
    private final ChainHash.Chain chain = new ChainHash.Chain();
    FileCommitLog log;
    private int acknowledged;
    private int applied;

    LogScenario(long seed) {
        random = new Random(seed);
        disk = new FaultyFolder(random);
        log = FileCommitLog.open(disk, OPTIONS, Position.START);
    }

    /** Appends a batch of entries of random size; they count as acknowledged if that returns. */
    void append(int count, int maxSize) {
        List<byte[]> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] payload = new byte[1 + random.nextInt(maxSize)];
            random.nextBytes(payload);
            batch.add(payload);
        }
        batch.forEach(this::remember);
        try {
            log.append(batch);
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
        ChainHash hash = chain.next(last.hash(), 0, last.seq() + 1, payload);
        tried.add(payload);
        positions.add(new Position(last.epoch(), last.seq() + 1, hash));
    }

    private void forgetBehind(int count) {
        tried.subList(count, tried.size()).clear();
        positions.subList(count, positions.size()).clear();
    }

    private Position position(int count) {
        return count == 0 ? Position.START : positions.get(count - 1);
    }

    int acknowledged() {
        return acknowledged;
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
        log = FileCommitLog.open(disk, OPTIONS, position(applied));
        int count = (int) log.last().seq();
        assertThat(count).isBetween(minimum, tried.size());
        List<Position> found = new ArrayList<>();
        log.replay(applied, (position, payload) -> {
            assertThat(payload).isEqualTo(tried.get((int) position.seq() - 1));
            found.add(position);
        });
        assertThat(found).isEqualTo(positions.subList(applied, count));
        assertThat(log.last()).isEqualTo(position(count));
        forgetBehind(count);
        acknowledged = count;
    }
}
