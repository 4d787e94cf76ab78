// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openros.replication.link.wire.FileChunk;

/** Sends one file from an offset on, as fast as the peer takes it. Runs on a thread of its own, which it blocks. */
final class FileSender {
    /** Content of one message in bytes. */
    static final int CHUNK_BYTES = 16 << 10;

    /** A peer that takes nothing for this time, in seconds, is given up; it may ask again. */
    private static final int PATIENCE_SECONDS = 30;

    private final ShelvedCheckpoint checkpoint;
    private final ServerCallStreamObserver<FileChunk> peer;
    private final Semaphore changes = new Semaphore(0);

    /** Prepares to send; has to be called while the call is being started. */
    FileSender(ShelvedCheckpoint checkpoint, ServerCallStreamObserver<FileChunk> peer) {
        this.checkpoint = checkpoint;
        this.peer = peer;
        peer.setOnReadyHandler(changes::release);
        peer.setOnCancelHandler(changes::release);
    }

    /** Sends all and ends the call. */
    void send(Path file, long offset) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(offset);
            copy(channel);
        } catch (IOException e) {
            peer.onError(Status.INTERNAL.withDescription("a file of the checkpoint cannot be read").asException());
        } catch (InterruptedException e) {
            peer.onError(Status.UNAVAILABLE.withDescription("this node stops").asException());
        }
    }

    void notFound() {
        peer.onError(Status.NOT_FOUND.withDescription("the checkpoint was dropped").asException());
    }

    private void copy(FileChannel channel) throws IOException, InterruptedException {
        ByteBuffer chunk = read(channel);
        while (chunk.hasRemaining()) {
            if (!awaitReady()) {
                peer.onError(Status.UNAVAILABLE.withDescription("nothing was taken for too long").asException());
                return;
            }
            checkpoint.used();
            peer.onNext(FileChunk.newBuilder().setContent(UnsafeByteOperations.unsafeWrap(chunk)).build());
            chunk = read(channel);
        }
        peer.onCompleted();
    }

    private static ByteBuffer read(FileChannel channel) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (chunk.hasRemaining() && channel.read(chunk) >= 0) {
            continue;
        }
        return chunk.flip();
    }

    private boolean awaitReady() throws InterruptedException {
        while (!peer.isReady()) {
            if (peer.isCancelled() || !changes.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return false;
            }
        }
        return true;
    }
}
