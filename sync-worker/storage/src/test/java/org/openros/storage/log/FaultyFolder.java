// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.log;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory. What was written but not flushed is lost by a crash, sector by sector, at random. Thread-safe, as
 * the log makes files in the background.
 */
final class FaultyFolder implements LogFolder {
    private static final int SECTOR = 512;

    private final Map<String, Content> files = new TreeMap<>();
    private final Random random;
    private long room = Long.MAX_VALUE;
    private int writesUntilFull = Integer.MAX_VALUE;
    private int flushesUntilFailure = Integer.MAX_VALUE;

    private static final class Content {
        private byte[] durable;
        private byte[] cached;
        private final BitSet dirty = new BitSet();

        Content(int size) {
            durable = new byte[size];
            cached = new byte[size];
        }

        private void writeBack(int sector) {
            int from = sector * SECTOR;
            System.arraycopy(cached, from, durable, from, Math.min(SECTOR, cached.length - from));
        }
    }

    FaultyFolder(Random random) {
        this.random = random;
    }

    /** Files that are made from now on get so many bytes in total. */
    synchronized void setRoom(long bytes) {
        room = bytes;
    }

    /** So many writes succeed, the next one writes a part and fails; then there is room again. */
    synchronized void fillUpAfter(int writes) {
        writesUntilFull = writes;
    }

    /** The next flush fails, and the system forgets what it should have written. */
    synchronized void failNextFlush() {
        failFlushAfter(0);
    }

    /** So many flushes succeed, the next one fails. */
    synchronized void failFlushAfter(int flushes) {
        flushesUntilFailure = flushes;
    }

    /** The machine stops: of what was not flushed, any sectors are lost. */
    synchronized void crash() {
        for (Content file : files.values()) {
            file.dirty.stream().filter(sector -> random.nextBoolean()).forEach(file::writeBack);
            file.dirty.clear();
            file.cached = file.durable.clone();
        }
    }

    synchronized void flipBit(String name, long offset) {
        Content file = content(name);
        file.durable[(int) offset] ^= (byte) (1 << random.nextInt(8));
        file.cached = file.durable.clone();
    }

    synchronized void truncate(String name, long size) {
        Content file = content(name);
        file.durable = Arrays.copyOf(file.durable, (int) size);
        file.cached = file.durable.clone();
    }

    synchronized byte[] bytes(String name) {
        return content(name).cached.clone();
    }

    private Content content(String name) {
        Content content = files.get(name);
        if (content == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return content;
    }

    @Override
    public synchronized List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized LogFile open(String name) throws IOException {
        if (!files.containsKey(name)) {
            throw new FileNotFoundException(name);
        }
        return new FaultyFile(name, content(name));
    }

    @Override
    public synchronized LogFile create(String name, long size) throws IOException {
        if (size > room) {
            throw new IOException("No space left on device");
        }
        room -= size;
        files.put(name, new Content((int) size));
        return open(name);
    }

    @Override
    public synchronized void delete(String name) {
        files.remove(name);
    }

    @Override
    public String describe(String name) {
        return "faulty/" + name;
    }

    private final class FaultyFile implements LogFile {
        private final String name;
        private final Content content;

        FaultyFile(String name, Content content) {
            this.name = name;
            this.content = content;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long size() {
            synchronized (FaultyFolder.this) {
                return content.cached.length;
            }
        }

        @Override
        public void read(ByteBuffer into, long position) {
            synchronized (FaultyFolder.this) {
                into.put(content.cached, (int) position,
                        Math.min(into.remaining(), content.cached.length - (int) position));
            }
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            synchronized (FaultyFolder.this) {
                if (writesUntilFull-- == 0) {
                    writesUntilFull = Integer.MAX_VALUE;
                    from.limit(from.position() + random.nextInt(from.remaining()));
                    store(from, (int) position);
                    throw new IOException("No space left on device");
                }
                store(from, (int) position);
            }
        }

        private void store(ByteBuffer from, int position) {
            int length = from.remaining();
            from.get(content.cached, position, length);
            if (length > 0) {
                content.dirty.set(position / SECTOR, (position + length - 1) / SECTOR + 1);
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (FaultyFolder.this) {
                boolean fails = flushesUntilFailure-- == 0;
                flushesUntilFailure = fails || flushesUntilFailure < 0 ? Integer.MAX_VALUE : flushesUntilFailure;
                content.dirty.stream().filter(sector -> !fails || random.nextBoolean()).forEach(content::writeBack);
                content.dirty.clear();
                if (fails) {
                    throw new IOException("Input/output error");
                }
            }
        }

        @Override
        public void close() {}
    }
}
