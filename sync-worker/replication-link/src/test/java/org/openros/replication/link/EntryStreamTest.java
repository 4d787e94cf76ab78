// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openros.domain.Epoch;
import org.openros.replication.Event;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EntryStreamTest {
    private static final Epoch EPOCH = TestNode.EPOCH;
    private static final int MIB = 1 << 20;

    private final FakeLog log = new FakeLog();
    private TestNode master;
    private TestNode follower;
    private FollowerDisk disk;

    @BeforeEach
    void start() throws IOException {
        master = new TestNode("m");
        follower = new TestNode("f");
        disk = new FollowerDisk(follower);
    }

    @AfterEach
    void stop() {
        disk.close();
        follower.close();
        master.close();
    }

    private ConnectionId stream(TestNode to, java.net.URI at, long after) {
        ConnectionId connection = to.follow(at);
        master.awaitHeard(new TestNode.Came(connection, to.hello(connection)));
        master.link.streamFrom(connection, new EntryStream(EPOCH, after, log, () -> 0, () -> true));
        return connection;
    }

    private void write(byte[] payload) {
        log.append(EPOCH, payload);
        master.link.written();
    }

    @Test
    void manyEntriesAreAcknowledgedByFewFrames() {
        stream(follower, master.address(), 0);
        disk.busy.lock();
        try {
            for (int i = 0; i < 20_000; i++) {
                write(new byte[i % 200]);
            }
        } finally {
            disk.busy.unlock();
        }
        await().until(() -> disk.last() == log.last());

        assertThat(disk.log()).isEqualTo(disk.log().stream().distinct().toList());
        assertThat(disk.log())
                .extracting(entry -> entry.position())
                .isEqualTo(log.read(0, Long.MAX_VALUE).stream().map(entry -> entry.position()).toList());
        assertThat(disk.acks.get()).isLessThan(20_000 / 4);
    }

    @Test
    void entriesGatherForAFollowerThatNobodyWaitsFor() {
        AtomicInteger frames = new AtomicInteger();
        BiConsumer<ConnectionId, Frame> toDisk = follower.frames;
        follower.frames = (connection, frame) -> {
            frames.addAndGet(frame instanceof Frame.Entries ? 1 : 0);
            toDisk.accept(connection, frame);
        };
        ConnectionId connection = follower.follow(master.address());
        master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));
        AtomicBoolean awaited = new AtomicBoolean();
        master.link.streamFrom(connection, new EntryStream(EPOCH, 0, log, () -> 0, awaited::get));
        for (int i = 0; i < 200; i++) {
            write(new byte[10]);
            Thread.yield();
        }
        await().until(() -> disk.last() == 200);
        assertThat(frames.get()).isLessThan(100);

        awaited.set(true);
        write(new byte[10]);
        await().until(() -> disk.last() == 201);
    }

    @Test
    void oneEntryAtATimeIsAcknowledgedAtOnce() {
        AtomicInteger acks = new AtomicInteger();
        stream(follower, master.address(), 0);
        master.frames = (connection, frame) -> {
            if (frame instanceof Frame.Ack && acks.incrementAndGet() < 500) {
                write(new byte[10]);
            }
        };
        write(new byte[10]);

        await().until(() -> acks.get() == 500);
        assertThat(disk.last()).isEqualTo(500);
    }

    @Test
    void entriesOfAllSizesArriveWhole() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        stream(follower, master.address(), 0);
        for (int i = 0; i < 60; i++) {
            byte[] payload = new byte[random.nextInt(i % 10 == 0 ? 3 * MIB : 100_000)];
            random.nextBytes(payload);
            write(payload);
        }
        await().until(() -> disk.last() == log.last());

        for (int i = 0; i < 60; i++) {
            assertThat(disk.log().get(i).payload())
                    .as("entry %s of seed %s", i + 1, seed)
                    .isEqualTo(log.read(i, 1).getFirst().payload());
        }
    }

    @Test
    void followerWithASlowDiskHoldsLittleAndDelaysNobody() throws IOException {
        try (TestNode quick = new TestNode("q");
                FollowerDisk quickDisk = new FollowerDisk(quick)) {
            stream(follower, master.address(), 0);
            stream(quick, master.address(), 0);
            disk.busy.lock();
            try {
                for (int i = 0; i < 40; i++) {
                    write(new byte[MIB]);
                }
                await().until(() -> quickDisk.last() == log.last());
                await().during(Duration.ofMillis(300)).until(() -> disk.received.get() >= 7 * MIB);
                assertThat(disk.received.get()).isLessThanOrEqualTo(EntrySender.MAX_BACKLOG_BYTES + MIB);
            } finally {
                disk.busy.unlock();
            }
            await().until(() -> disk.last() == log.last());
        }
    }

    @Test
    void heartbeatsPassALongEntryOnASlowLine() throws IOException {
        try (FaultProxy line = new FaultProxy(master.address())) {
            ConnectionId connection = stream(follower, line.address(), 0);
            line.slowDown(500_000);
            write(new byte[MIB]);
            master.link.send(connection, new Frame.Heartbeat(EPOCH, 0, 1));
            await().until(() -> disk.heartbeats.get() == 1);

            assertThat(disk.last()).isZero();
            await().until(() -> disk.last() == 1);
        }
    }

    @Test
    void heartbeatsAreInTimeWhenEntriesAndACheckpointShareALineOfOneMegabit(@TempDir Path folder) throws Exception {
        master.checkpoints = (node, epoch) -> checkpoint(folder);
        try (FaultProxy line = new FaultProxy(master.address());
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            ConnectionId connection = stream(follower, line.address(), 0);
            line.slowDown(125_000);
            follower.link.fetch(
                    new CheckpointOrder(line.address(), EPOCH, folder.resolve("into")), (done, total) -> {});
            write(new byte[4 * MIB]);
            AtomicLong nonce = new AtomicLong();
            timer.scheduleAtFixedRate(
                    () -> master.link.send(connection, new Frame.Heartbeat(EPOCH, 0, nonce.incrementAndGet())),
                    0,
                    200,
                    TimeUnit.MILLISECONDS);

            await().atMost(Duration.ofSeconds(20)).until(() -> disk.heartbeats.get() >= 16);
            timer.shutdownNow();
        }
        assertThat(disk.last()).isZero();
        // Behind the entry, a heartbeat would wait for more than half a minute.
        assertThat(disk.longestGap()).isLessThan(Duration.ofSeconds(10));
    }

    private static FolderCheckpoint checkpoint(Path folder) {
        try {
            return FolderCheckpoint.of(folder.resolve("from"), 1, 4 * MIB);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void streamGoesOnAfterTheLineWasCut() throws IOException {
        try (FaultProxy line = new FaultProxy(master.address())) {
            ConnectionId first = stream(follower, line.address(), 0);
            line.cutAfter(3 * MIB);
            for (int i = 0; i < 100; i++) {
                write(new byte[100_000]);
            }
            follower.awaitHeard(new TestNode.Ended(first, Event.Cause.RESET));
            master.awaitHeard(new TestNode.Ended(first, Event.Cause.RESET));
            await().during(Duration.ofMillis(100)).until(() -> disk.received.get() == 100_000L * disk.last());
            assertThat(disk.last()).isLessThan(100);

            stream(follower, line.address(), disk.last());
            await().until(() -> disk.last() == 100);
            assertThat(disk.log()).hasSize(100);
        }
    }

    @Test
    void followerWhoseTailIsGoneHasToDialAgain() {
        write(new byte[10]);
        log.release(1);
        ConnectionId connection = stream(follower, master.address(), 0);

        master.awaitHeard(new TestNode.Ended(connection, Event.Cause.LOCAL));
        follower.awaitHeard(new TestNode.Ended(connection, Event.Cause.RESET));
    }

    @Test
    void stoppedStreamSendsNoMoreEntries() {
        ConnectionId connection = stream(follower, master.address(), 0);
        write(new byte[10]);
        await().until(() -> disk.last() == 1);

        master.link.stopStream(connection);
        write(new byte[10]);
        master.link.send(connection, new Frame.Heartbeat(EPOCH, 2, 5));
        await().until(() -> disk.heartbeats.get() == 5);
        assertThat(disk.last()).isOne();

        master.link.streamFrom(connection, new EntryStream(EPOCH, 1, log, () -> 0, () -> true));
        await().until(() -> disk.last() == 2);
    }

    @Test
    void framesCarryTheEpochAndTheCommitPointOfTheMoment() {
        CompletableFuture<Frame> came = new CompletableFuture<>();
        follower.frames = (connection, frame) -> came.complete(frame);
        ConnectionId connection = follower.follow(master.address());
        master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));
        log.append(EPOCH, new byte[] {1});
        master.link.streamFrom(connection, new EntryStream(EPOCH.next(), 0, log, () -> 41, () -> true));

        assertThat(came.join())
                .isInstanceOfSatisfying(Frame.Entries.class, entries -> {
                    assertThat(entries.epoch()).isEqualTo(EPOCH.next());
                    assertThat(entries.commitSeq()).isEqualTo(41);
                });
    }
}
