// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * What the disk can do without any server, for the ratio: a plain loop of write and fdatasync into a preallocated file,
 * and small synced writes of several threads into RocksDB, which puts those that wait into one group.
 *
 * @param parent a temporary folder is made in it; should be on the disk of the server's data
 * @param threads that write into RocksDB
 */
record DiskWork(Path parent, int threads) implements Work {
    /** How often a file can be synced in a second. */
    static final String FDATASYNC = "fdatasync";

    /** How many synced writes RocksDB does in a second. */
    static final String ROCKS = "RocksDB synced writes";

    private static final int FILE_BYTES = 32 << 20;
    private static final int BLOCK_BYTES = 4096;
    private static final int VALUE_BYTES = 130;

    @Override
    public Measurement run(Site.Options options) throws LoadFailed, InterruptedException {
        try {
            Path folder = Files.createTempDirectory(parent, "openros-bench");
            try {
                String name = "disk: no server, " + threads + " RocksDB writers, in " + parent;
                Measurement.Builder result = new Measurement.Builder(name);
                fdatasync(folder, options.seconds() / 2, result);
                rocks(folder, options.seconds() / 2, result);
                return result.build();
            } finally {
                deleteAll(folder);
            }
        } catch (IOException | RocksDBException e) {
            throw new LoadFailed("the disk cannot be measured", e);
        }
    }

    private static void fdatasync(Path folder, double seconds, Measurement.Builder result) throws IOException {
        try (FileChannel file = FileChannel.open(
                folder.resolve("plain"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocateDirect(FILE_BYTES), 0);
            file.force(true);
            Histogram times = new Histogram(3);
            ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
            long end = System.nanoTime() + (long) (seconds * 1e9);
            for (long at = 0, began = System.nanoTime(); began - end < 0; at = (at + BLOCK_BYTES) % FILE_BYTES) {
                file.write(block.clear(), at);
                file.force(false);
                long now = System.nanoTime();
                times.recordValue(now - began);
                began = now;
            }
            result.add(FDATASYNC, times.getTotalCount() / seconds, "/s");
            result.add("fdatasync p50", times.getValueAtPercentile(50) / 1e6, "ms");
            result.add("fdatasync p99", times.getValueAtPercentile(99) / 1e6, "ms");
        }
    }

    private void rocks(Path folder, double seconds, Measurement.Builder result)
            throws RocksDBException, LoadFailed, InterruptedException {
        try (Options options = new Options().setCreateIfMissing(true);
                RocksDB database = RocksDB.open(options, folder.resolve("rocks").toString());
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int number = thread;
                counts.add(pool.submit(() -> put(database, number, seconds)));
            }
            long sum = 0;
            for (Future<Long> count : counts) {
                sum += count.get();
            }
            result.add(ROCKS, sum / seconds, "/s");
        } catch (ExecutionException e) {
            throw new LoadFailed("the disk cannot be measured", e);
        }
    }

    private static long put(RocksDB database, int thread, double seconds) throws RocksDBException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        byte[] value = new byte[VALUE_BYTES];
        long count = 0;
        try (WriteOptions synced = new WriteOptions().setSync(true)) {
            while (System.nanoTime() - end < 0) {
                database.put(synced, ByteBuffer.allocate(12).putInt(thread).putLong(count).array(), value);
                count++;
            }
        }
        return count;
    }

    private static void deleteAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException error) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
