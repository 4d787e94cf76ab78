// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.openros.storage.DurableFolder;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

/** A folder of the file system. */
record DiskLogFolder(Path path) implements LogFolder {
    private static final int ZEROS = 1 << 20;

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public LogFile open(String name) throws IOException {
        return new DiskLogFile(name, FileChannel.open(path.resolve(name), READ, WRITE));
    }

    @Override
    public LogFile create(String name, long size) throws IOException {
        Path file = path.resolve(name);
        FileChannel channel = FileChannel.open(file, READ, WRITE, CREATE_NEW);
        try {
            fill(channel, size);
            channel.force(true);
            DurableFolder.force(path);
            return new DiskLogFile(name, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /**
     * Flushes as it goes, so that a flush of the log which comes meanwhile waits for a piece and not for the whole
     * file.
     */
    private static void fill(FileChannel channel, long size) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, size));
        for (long rest = size; rest > 0; rest -= zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), rest));
            while (zeros.hasRemaining()) {
                channel.write(zeros);
            }
            channel.force(false);
        }
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(path.resolve(name));
    }

    @Override
    public String describe(String name) {
        return path.resolve(name).toString();
    }

    private record DiskLogFile(String name, FileChannel channel) implements LogFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(ByteBuffer into, long position) throws IOException {
            long next = position;
            while (into.hasRemaining()) {
                int count = channel.read(into, next);
                if (count < 0) {
                    return;
                }
                next += count;
            }
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            long next = position;
            while (from.hasRemaining()) {
                next += channel.write(from, next);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
