// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.openros.storage.StoreCheckpoint;

/** One file of a checkpoint while it arrives. What an earlier attempt has left is taken as its beginning. */
final class PartialFile implements AutoCloseable {
    /** What is read at a time to compute the checksum, in bytes. */
    private static final int READ_BYTES = 256 << 10;

    private final StoreCheckpoint.File expected;
    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();
    private long size;

    private PartialFile(StoreCheckpoint.File expected, FileChannel channel) {
        this.expected = expected;
        this.channel = channel;
    }

    static PartialFile open(Path folder, StoreCheckpoint.File expected) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(expected.name()),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        PartialFile file = new PartialFile(expected, channel);
        file.takeOver();
        return file;
    }

    private void takeOver() throws IOException {
        if (channel.size() > expected.size()) {
            restart();
        }
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        while (channel.read(buffer) >= 0) {
            size += buffer.position();
            checksum.update(buffer.flip());
            buffer.clear();
        }
    }

    /** Bytes that are here. */
    long size() {
        return size;
    }

    boolean isComplete() {
        return size == expected.size();
    }

    /** Whether the content is the announced one, once it is complete. */
    boolean isIntact() {
        return (int) checksum.getValue() == expected.crc32c();
    }

    /**
     * Adds what came.
     *
     * @throws FetchException with {@code MALFORMED} if that is more than was announced
     */
    void append(ByteString content) throws IOException, FetchException {
        if (content.size() > expected.size() - size) {
            throw new FetchException(
                    FetchException.Reason.MALFORMED, "file " + expected.name() + " is longer than announced", null);
        }
        for (ByteBuffer part : content.asReadOnlyByteBufferList()) {
            checksum.update(part.duplicate());
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
        size += content.size();
    }

    /** Throws the content away. */
    void restart() throws IOException {
        channel.truncate(0).position(0);
        checksum.reset();
        size = 0;
    }

    /** Makes the content durable. */
    void force() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
