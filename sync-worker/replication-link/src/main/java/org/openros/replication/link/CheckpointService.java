// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.replication.link.wire.CloseCheckpointReply;
import org.openros.replication.link.wire.CloseCheckpointRequest;
import org.openros.replication.link.wire.FetchRequest;
import org.openros.replication.link.wire.FileChunk;
import org.openros.replication.link.wire.OpenCheckpointReply;
import org.openros.replication.link.wire.OpenCheckpointRequest;
import org.openros.storage.StorageException;
import org.openros.storage.StoreCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives checkpoints to followers. What blocks for the disk runs on the executor. */
final class CheckpointService {
    /** Files that are sent at the same time. */
    private static final int MAX_FETCHES = 4;

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointService.class);

    private final GroupId group;
    private final CheckpointSource source;
    private final CheckpointShelf shelf;
    private final Executor blocking;
    private final Semaphore opening = new Semaphore(1);
    private final Semaphore fetching = new Semaphore(MAX_FETCHES);

    CheckpointService(GroupId group, CheckpointSource source, CheckpointShelf shelf, Executor blocking) {
        this.group = group;
        this.source = source;
        this.shelf = shelf;
        this.blocking = blocking;
    }

    void open(OpenCheckpointRequest request, StreamObserver<OpenCheckpointReply> caller) {
        try {
            if (!request.getGroup().equals(group.value())) {
                throw new IllegalArgumentException("this is a node of group " + group);
            }
            NodeId follower = new NodeId(request.getNode());
            Epoch epoch = new Epoch(request.getEpoch());
            run(opening, caller, () -> open(follower, epoch, caller));
        } catch (IllegalArgumentException e) {
            caller.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asException());
        }
    }

    private void open(NodeId follower, Epoch epoch, StreamObserver<OpenCheckpointReply> caller) {
        try {
            StoreCheckpoint checkpoint = source.open(follower, epoch);
            ShelvedCheckpoint kept = shelf.keep(follower, checkpoint);
            LOG.info("node {} fetches a checkpoint of {}", follower, checkpoint.manifest().position());
            caller.onNext(CheckpointCodec.encode(kept.id(), checkpoint.manifest()));
            caller.onCompleted();
        } catch (StorageException e) {
            LOG.warn("no checkpoint for node {}: {}", follower, e.getMessage());
            caller.onError(status(e.reason()).withDescription(e.getMessage()).asException());
        } catch (RuntimeException e) {
            LOG.error("no checkpoint for node {}", follower, e);
            caller.onError(Status.INTERNAL.withDescription("no checkpoint could be made").asException());
        }
    }

    /** A full disk may have room later; everything else is final until something has changed. */
    private static Status status(StorageException.Reason reason) {
        return reason == StorageException.Reason.DISK_FULL ? Status.UNAVAILABLE : Status.FAILED_PRECONDITION;
    }

    void fetch(FetchRequest request, StreamObserver<FileChunk> caller) {
        ShelvedCheckpoint checkpoint = shelf.find(request.getCheckpoint());
        Path file = checkpoint == null ? null : checkpoint.file(request.getFile());
        if (checkpoint == null || file == null || request.getOffset() < 0) {
            caller.onError(Status.NOT_FOUND.withDescription("no such checkpoint or file").asException());
            return;
        }
        FileSender sender = new FileSender(checkpoint, (ServerCallStreamObserver<FileChunk>) caller);
        run(fetching, caller, () -> send(sender, checkpoint, file, request.getOffset()));
    }

    private static void send(FileSender sender, ShelvedCheckpoint checkpoint, Path file, long offset) {
        if (checkpoint.enter()) {
            try {
                sender.send(file, offset);
            } finally {
                checkpoint.leave();
            }
        } else {
            sender.notFound();
        }
    }

    void close(CloseCheckpointRequest request, StreamObserver<CloseCheckpointReply> caller) {
        blocking.execute(() -> {
            shelf.drop(request.getCheckpoint());
            caller.onNext(CloseCheckpointReply.getDefaultInstance());
            caller.onCompleted();
        });
    }

    private void run(Semaphore limit, StreamObserver<?> caller, Runnable work) {
        if (!limit.tryAcquire()) {
            caller.onError(Status.RESOURCE_EXHAUSTED.withDescription("others are being served").asException());
            return;
        }
        blocking.execute(() -> {
            try {
                work.run();
            } finally {
                limit.release();
            }
        });
    }
}
