// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openros.domain.log.LogEntry;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;

/**
 * Measures what the link alone can carry on one machine: a master writes entries, a follower acknowledges what came,
 * and at most so many entries are under way as the depth says. At depth 1 the writer waits for one whole round trip.
 * Nothing is written to a disk. Run its main method.
 */
final class LinkLoad {
    private static final int PAYLOAD_BYTES = 300;
    private static final int CHECKPOINT_BYTES = 256 << 20;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(6);

    private LinkLoad() {}

    /** Prints a line for each depth, without and with TLS. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("link-load");
        try {
            ReplicationTls tls = Certificates.in(folder).node("n", "127.0.0.1");
            for (int depth : List.of(1, 64, 1024)) {
                System.out.println(run(depth, null));
                System.out.println(run(depth, tls));
            }
            System.out.println(fetch(folder.resolve("plain"), null));
            System.out.println(fetch(folder.resolve("mtls"), tls));
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private static String run(int depth, @Nullable ReplicationTls tls) throws Exception {
        try (TestNode master = new TestNode("m", tls);
                TestNode follower = new TestNode("f", tls)) {
            ShortLog log = new ShortLog();
            Semaphore room = new Semaphore(depth);
            AtomicLong acked = new AtomicLong();
            AtomicLong frames = new AtomicLong();
            follower.frames = (connection, frame) -> acknowledge(follower, connection, frame);
            ConnectionId connection = follower.follow(master.address());
            master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));
            master.frames = (from, frame) -> {
                if (frame instanceof Frame.Ack ack) {
                    frames.incrementAndGet();
                    room.release((int) (ack.seq() - acked.getAndSet(ack.seq())));
                }
            };
            master.link.streamFrom(connection, new EntryStream(TestNode.EPOCH, 0, log, acked::get, () -> true));
            write(master, log, room, WARM_UP, new long[1 << 23]);
            long[] times = new long[1 << 23];
            frames.set(0);
            int written = write(master, log, room, MEASURED, times);
            Arrays.sort(times, 0, written);
            return "depth %4d %-5s %,9d entries/s, %,9d acknowledgements/s, waited for a place p50 %d us, p99 %d us"
                    .formatted(
                            depth,
                            tls == null ? "plain" : "mTLS",
                            written / MEASURED.toSeconds(),
                            frames.get() / MEASURED.toSeconds(),
                            times[written / 2] / 1000,
                            times[written * 99 / 100] / 1000);
        }
    }

    private static String fetch(Path folder, @Nullable ReplicationTls tls) throws Exception {
        try (TestNode master = new TestNode("m", tls);
                TestNode follower = new TestNode("f", tls)) {
            FolderCheckpoint checkpoint = FolderCheckpoint.of(folder.resolve("from"), 1, CHECKPOINT_BYTES);
            master.checkpoints = (node, epoch) -> checkpoint;
            CheckpointOrder order = new CheckpointOrder(master.address(), TestNode.EPOCH, folder.resolve("into"));
            long begin = System.nanoTime();
            follower.link.fetch(order, (done, total) -> {}).done().get();
            return "checkpoint %-5s %,d MiB in %d ms"
                    .formatted(
                            tls == null ? "plain" : "mTLS",
                            CHECKPOINT_BYTES >> 20,
                            Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }
    }

    private static int write(TestNode master, ShortLog log, Semaphore room, Duration time, long[] waits)
            throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        int written = 0;
        while (System.nanoTime() < end && written < waits.length) {
            long begin = System.nanoTime();
            room.acquire();
            waits[written++] = System.nanoTime() - begin;
            log.append(new byte[PAYLOAD_BYTES]);
            master.link.written();
        }
        return written;
    }

    private static void acknowledge(TestNode follower, ConnectionId connection, Frame frame) {
        if (frame instanceof Frame.Entries entries) {
            LogEntry last = entries.entries().getLast();
            follower.link.send(
                    connection, new Frame.Ack(entries.epoch(), last.position().seq(), follower.store, connection, 0));
        }
    }

    /** A log that forgets entries that cannot be needed any more. */
    private static final class ShortLog implements org.openros.storage.LogTail {
        private static final int KEPT = 1 << 14;

        private final LogEntry[] ring = new LogEntry[KEPT];
        private long last;

        synchronized void append(byte[] payload) {
            last++;
            ring[(int) (last % KEPT)] = new LogEntry(
                    new org.openros.domain.log.Position(
                            TestNode.EPOCH, last, org.openros.domain.log.ChainHash.START),
                    payload);
        }

        @Override
        public synchronized List<LogEntry> read(long afterSeq, long maxBytes) {
            long through = Math.min(last, afterSeq + maxBytes / PAYLOAD_BYTES);
            LogEntry[] read = new LogEntry[(int) (through - afterSeq)];
            for (int i = 0; i < read.length; i++) {
                read[i] = ring[(int) ((afterSeq + 1 + i) % KEPT)];
            }
            return List.of(read);
        }

        @Override
        public boolean has(long afterSeq) {
            return true;
        }
    }
}
