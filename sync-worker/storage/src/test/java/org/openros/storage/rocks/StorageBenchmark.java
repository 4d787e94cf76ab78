// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.FileIdent;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.domain.RealmPath;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.ClientFile;
import org.openros.storage.CommitGate;
import org.openros.storage.HistoryEntry;
import org.openros.storage.Leading;
import org.openros.storage.MasterLog;
import org.openros.storage.Storage;
import org.openros.storage.StorageException;
import org.openros.storage.Write;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.CommitStatistics;
import org.rocksdb.RocksDB;

/**
 * Measures commits per second and latency with a number of writers, each on a realm of its own with one commit in
 * flight, next to a plain loop of write and fdatasync on a file that was filled before, and to RocksDB's own synced
 * writes. Usage: {@code StorageBenchmark FOLDER [SECONDS] [WRITERS...]}.
 */
final class StorageBenchmark {
    private static final int CHANGESET = 130;
    private static final int FILE = 16 << 20;
    private static final PrintStream OUT = System.out;

    /** Listeners hand over to them, as a worker's do. */
    private static final ExecutorService ACTORS = Executors.newFixedThreadPool(
            2, task -> Thread.ofPlatform().daemon().unstarted(task));

    private StorageBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "benchmark");
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 5;
        int[] writers = arguments.length > 2
                ? Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray()
                : new int[] {1, 16, 100, 1000};
        try {
            inTurns(folder, seconds);
            rocksGroupWrites(folder.resolve("rocks"), seconds);
            for (int count : writers) {
                fdatasync(folder.resolve("plain-" + count), seconds / 2);
                commits(folder.resolve("store-" + count), seconds, count);
            }
            follower(folder.resolve("follower"));
            for (int count : writers) {
                pair(folder.resolve("pair-" + count), seconds, count);
            }
            fdatasync(folder.resolve("plain"), seconds / 2);
        } finally {
            new FileTree(folder).delete();
        }
    }

    /** One commit, one plain write, and so on: both see the same disk, whatever else it is doing. */
    private static void inTurns(Path folder, double seconds) throws Exception {
        Latencies commits = new Latencies(1 << 20);
        Latencies writes = new Latencies(1 << 20);
        Semaphore done = new Semaphore(0);
        Writer writer = new Writer(null, new RealmPath("/bench/turns"), commits, 0, new CountDownLatch(1));
        try (RocksStorage storage = RocksStorage.open(folder.resolve("turns"), StorageOptions.DEFAULT);
                FileChannel channel = filled(folder.resolve("plain-turns"))) {
            ByteBuffer record = ByteBuffer.allocateDirect(512);
            long start = System.nanoTime();
            for (int i = 0; System.nanoTime() - start < seconds * 1e9; i++) {
                long before = System.nanoTime();
                storage.commit(writer.nextWriteSet(), failure -> done.release());
                done.acquire();
                commits.add(System.nanoTime() - before);
                before = System.nanoTime();
                channel.write(record.clear(), i * 512L % (FILE - 512));
                channel.force(false);
                writes.add(System.nanoTime() - before);
            }
            commits.print("in turns: 1 commit", start, "");
            writes.print("in turns: 1 plain fdatasync", start, "");
        }
    }

    private static FileChannel filled(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.write(ByteBuffer.allocateDirect(FILE));
        channel.force(true);
        return channel;
    }

    private static void fdatasync(Path file, double seconds) throws IOException {
        try (FileChannel channel = filled(file)) {
            ByteBuffer record = ByteBuffer.allocateDirect(512);
            Latencies latencies = new Latencies(1 << 20);
            long start = System.nanoTime();
            for (int i = 0; System.nanoTime() - start < seconds * 1e9; i++) {
                long before = System.nanoTime();
                channel.write(record.clear(), i * 512L % (FILE - 512));
                channel.force(false);
                latencies.add(System.nanoTime() - before);
            }
            latencies.print("plain fdatasync loop", start, "");
        }
    }

    private static void rocksGroupWrites(Path folder, double seconds) throws Exception {
        int threads = 16;
        NativeLibrary.load(folder.resolveSibling("native"));
        try (var options = new org.rocksdb.Options().setCreateIfMissing(true);
                var synced = new org.rocksdb.WriteOptions().setSync(true);
                RocksDB db = RocksDB.open(options, folder.toString())) {
            Latencies latencies = new Latencies(1 << 22);
            AtomicInteger next = new AtomicInteger();
            long start = System.nanoTime();
            Thread[] writers = new Thread[threads];
            for (int t = 0; t < threads; t++) {
                writers[t] = Thread.ofPlatform().start(() -> {
                    while (System.nanoTime() - start < seconds * 1e9) {
                        long before = System.nanoTime();
                        byte[] key = ByteBuffer.allocate(8).putLong(next.incrementAndGet()).array();
                        try {
                            db.put(synced, key, new byte[300]);
                        } catch (org.rocksdb.RocksDBException e) {
                            throw new IllegalStateException(e);
                        }
                        latencies.add(System.nanoTime() - before);
                    }
                });
            }
            for (Thread writer : writers) {
                writer.join();
            }
            latencies.print("RocksDB synced put, " + threads + " threads", start, "");
        }
    }

    private static void commits(Path folder, double seconds, int writers) throws Exception {
        try (RocksStorage storage = RocksStorage.open(folder, StorageOptions.DEFAULT)) {
            run(storage, new Latencies(1 << 22), writers, Math.min(2, seconds), 0);
            Latencies latencies = new Latencies(1 << 23);
            CommitStatistics statistics = storage.statistics();
            long batches = statistics.batches();
            long logNanos = statistics.logNanos();
            long start = System.nanoTime();
            run(storage, latencies, writers, seconds, 1);
            long perBatch = (statistics.logNanos() - logNanos) / Math.max(1, statistics.batches() - batches) / 1000;
            latencies.print(
                    writers + " writers",
                    start,
                    "  %.1f commits per flush, log write %d us".formatted(
                            (double) latencies.count() / (statistics.batches() - batches), perBatch));
        }
    }

    /** Appends batches of a master as they come under load, while another thread applies them. */
    private static void follower(Path folder) throws Exception {
        MasterLog master = new MasterLog().reign(1);
        for (int realm = 0; realm < 100; realm++) {
            master.versions(realm, 1, 1500);
        }
        List<LogEntry> entries = master.behind(0);
        int batch = 64;
        Latencies latencies = new Latencies(1 << 20);
        try (RocksNodeStore store = node(folder, "b")) {
            Thread applier = Thread.ofPlatform().start(() -> {
                while (store.applied().seq() < entries.size()) {
                    store.apply(store.last().seq());
                }
            });
            long start = System.nanoTime();
            for (int i = 0; i < entries.size(); i += batch) {
                long before = System.nanoTime();
                store.append(entries.subList(i, Math.min(entries.size(), i + batch)));
                latencies.add(System.nanoTime() - before);
            }
            long appended = System.nanoTime();
            applier.join();
            latencies.print("follower, batches of " + batch, start,
                    "  %.0f entries/s appended, %.0f/s applied".formatted(
                    entries.size() / ((appended - start) / 1e9), entries.size() / ((System.nanoTime() - start) / 1e9)));
        }
    }

    private static RocksNodeStore node(Path folder, String name) {
        return RocksNodeStore.open(
                folder.resolve(name), GroupId.DEFAULT, new NodeId(name), StorageOptions.IN_GROUP);
    }

    /** Master and backup on this disk, without a network between them: a commit counts when both have flushed it. */
    private static void pair(Path folder, double seconds, int writers) throws Exception {
        try (RocksNodeStore master = node(folder, "a");
                RocksNodeStore backup = node(folder, "b")) {
            PairGate gate = new PairGate();
            Leading leading = master.lead(new Epoch(1), gate);
            Thread link = Thread.ofPlatform().daemon().start(() -> gate.replicate(master, backup));
            leading.established().get();
            run(leading, new Latencies(1 << 22), writers, Math.min(2, seconds), 0);
            Latencies latencies = new Latencies(1 << 23);
            long batches = master.statistics().batches();
            long start = System.nanoTime();
            run(leading, latencies, writers, seconds, 1);
            latencies.print("pair, " + writers + " writers", start, "  %.1f commits per flush".formatted(
                    (double) latencies.count() / (master.statistics().batches() - batches)));
            leading.close();
            gate.end();
            link.join();
        }
    }

    private static final class PairGate implements CommitGate {
        private long written;
        private long here;
        private long there;
        private boolean ended;

        @Override
        public synchronized void written(Position through) {
            written = through.seq();
            notifyAll();
        }

        @Override
        public synchronized void durable(Position through) {
            here = through.seq();
            notifyAll();
        }

        @Override
        public synchronized boolean isCommitted(Position through) {
            return Math.min(here, there) >= through.seq();
        }

        @Override
        public synchronized void awaitCommitted(Position through) {
            while (!isCommitted(through)) {
                await();
            }
        }

        @SuppressWarnings("WaitNotInLoop")
        private void await() {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new StorageException(StorageException.Reason.NOT_MASTER, "ended", e);
            }
        }

        void replicate(RocksNodeStore master, RocksNodeStore backup) {
            while (awaitWritten(backup.last().seq())) {
                backup.append(master.tail().read(backup.last().seq(), 1 << 20));
                acknowledge(backup.last().seq());
            }
        }

        private synchronized boolean awaitWritten(long after) {
            while (written <= after && !ended) {
                await();
            }
            return !ended;
        }

        private synchronized void acknowledge(long seq) {
            there = seq;
            notifyAll();
        }

        synchronized void end() {
            ended = true;
            notifyAll();
        }
    }

    private static void run(Storage storage, Latencies latencies, int writers, double seconds, int round)
            throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        CountDownLatch done = new CountDownLatch(writers);
        for (int i = 0; i < writers; i++) {
            new Writer(storage, new RealmPath("/bench/" + round + "-" + i), latencies, end, done).next(null);
        }
        done.await();
    }

    /** One commit in flight: the listener submits the next one. */
    private static final class Writer {
        private final @Nullable Storage storage;
        private final RealmPath realm;
        private final Latencies latencies;
        private final long end;
        private final CountDownLatch done;
        private long version;
        private long submitted;

        Writer(@Nullable Storage storage, RealmPath realm, Latencies latencies, long end, CountDownLatch done) {
            this.storage = storage;
            this.realm = realm;
            this.latencies = latencies;
            this.end = end;
            this.done = done;
        }

        void next(@Nullable StorageException failure) {
            if (failure != null) {
                throw failure;
            }
            long now = System.nanoTime();
            if (version > 0) {
                latencies.add(now - submitted);
            }
            if (now > end || storage == null) {
                done.countDown();
                return;
            }
            submitted = now;
            storage.commit(nextWriteSet(), outcome -> ACTORS.execute(() -> next(outcome)));
        }

        WriteSet nextWriteSet() {
            version++;
            byte[] key = ByteBuffer.allocate(12).putInt(1).putLong(version).array();
            return new WriteSet(realm, List.of(
                    new Write.PutEntry(new HistoryEntry(
                            version, version, 2, version, version, version * CHANGESET, new byte[CHANGESET])),
                    new Write.PutClientFile(new ClientFile(new FileIdent(2), 1, version, version - 1, 0, false)),
                    new Write.TrimReciprocal(new FileIdent(2), version - 1),
                    new Write.PutState(key, new byte[60])));
        }
    }

    /** Durations in nanoseconds; thread-safe. */
    private static final class Latencies {
        private final int[] values;
        private final AtomicInteger count = new AtomicInteger();

        Latencies(int capacity) {
            values = new int[capacity];
        }

        void add(long nanos) {
            int index = count.getAndIncrement();
            values[index % values.length] = (int) Math.min(nanos, Integer.MAX_VALUE);
        }

        int count() {
            return count.get();
        }

        void print(String what, long start, String more) {
            double seconds = (System.nanoTime() - start) / 1e9;
            int[] sorted = Arrays.copyOf(values, Math.min(count.get(), values.length));
            Arrays.sort(sorted);
            OUT.printf("%-32s %9.0f/s  p50 %7.0f us  p99 %7.0f us%s%n", what, count.get() / seconds,
                    sorted[sorted.length / 2] / 1e3, sorted[(int) (sorted.length * 0.99)] / 1e3, more);
        }
    }
}
