// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openros.replication.link.wire.CloseCheckpointRequest;
import org.openros.replication.link.wire.FetchRequest;
import org.openros.replication.link.wire.FileChunk;
import org.openros.replication.link.wire.OpenCheckpointReply;
import org.openros.replication.link.wire.OpenCheckpointRequest;
import org.openros.replication.link.wire.ReplicationGrpc;
import org.openros.replication.link.wire.ReplicationGrpc.ReplicationBlockingStub;
import org.openros.storage.DurableFolder;
import org.openros.storage.StoreCheckpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one checkpoint on their way into a folder. {@link #fetch} may be repeated until it returns. One thread.
 */
final class CheckpointFiles {
    /** The most time in seconds that a master has to make a checkpoint. A dead one is noticed by keep-alive. */
    private static final int OPEN_SECONDS = 600;

    /** The time in seconds for saying that the checkpoint is not needed any more. */
    private static final int CLOSE_SECONDS = 5;

    /** A disk with less room than this, in bytes, is full. */
    private static final long NO_ROOM_BYTES = 1 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);

    private final OpenCheckpointRequest request;
    private final Path folder;
    private final ReplicationBlockingStub master;
    private final FetchProgress progress;
    private final Set<StoreCheckpoint.File> complete = new HashSet<>();
    private @Nullable Opened opened;
    private volatile long lastProgress = System.nanoTime();

    private record Opened(String id, StoreCheckpoint.Manifest manifest, long total) {}

    CheckpointFiles(OpenCheckpointRequest request, Path folder, Channel channel, FetchProgress progress) {
        this.request = request;
        this.folder = folder;
        this.progress = progress;
        master = ReplicationGrpc.newBlockingStub(channel);
    }

    /** When something came last, as {@link System#nanoTime}. */
    long lastProgress() {
        return lastProgress;
    }

    /** The master does not have the checkpoint any more: the next attempt opens another. */
    void forget() {
        opened = null;
    }

    /** Fetches what is missing. */
    StoreCheckpoint.Manifest fetch() throws FetchException, IOException {
        Opened checkpoint = opened;
        if (checkpoint == null) {
            checkpoint = open();
            opened = checkpoint;
        }
        long before = 0;
        for (StoreCheckpoint.File file : checkpoint.manifest().files()) {
            fetch(checkpoint, file, before);
            before += file.size();
        }
        DurableFolder.force(folder);
        release(checkpoint);
        return checkpoint.manifest();
    }

    private void release(Opened checkpoint) {
        try {
            master.withDeadlineAfter(CLOSE_SECONDS, TimeUnit.SECONDS)
                    .closeCheckpoint(CloseCheckpointRequest.newBuilder()
                            .setCheckpoint(checkpoint.id())
                            .build());
        } catch (StatusRuntimeException e) {
            LOG.debug("the checkpoint stays on the master until it is seen as abandoned", e);
        }
    }

    private Opened open() throws FetchException, IOException {
        OpenCheckpointReply reply =
                master.withDeadlineAfter(OPEN_SECONDS, TimeUnit.SECONDS).openCheckpoint(request);
        lastProgress = System.nanoTime();
        StoreCheckpoint.Manifest manifest = CheckpointCodec.decode(reply);
        long total = 0;
        for (StoreCheckpoint.File file : manifest.files()) {
            total = Math.addExact(total, file.size());
        }
        prepare(manifest, total);
        return new Opened(reply.getCheckpoint(), manifest, total);
    }

    private void prepare(StoreCheckpoint.Manifest manifest, long total) throws FetchException, IOException {
        Files.createDirectories(folder);
        Set<String> names = manifest.files().stream().map(StoreCheckpoint.File::name).collect(Collectors.toSet());
        long present = 0;
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.toList()) {
                if (names.contains(file.getFileName().toString())) {
                    present += Files.size(file);
                } else {
                    Files.delete(file);
                }
            }
        }
        if (total - present > Files.getFileStore(folder).getUsableSpace()) {
            throw new FetchException(
                    FetchException.Reason.DISK_FULL, "a checkpoint of " + total + " bytes needs more room", null);
        }
    }

    private void fetch(Opened checkpoint, StoreCheckpoint.File expected, long before)
            throws FetchException, IOException {
        if (complete.contains(expected)) {
            return;
        }
        try (PartialFile file = PartialFile.open(folder, expected)) {
            receive(checkpoint, expected, file, before);
            if (!file.isIntact()) {
                file.restart();
                receive(checkpoint, expected, file, before);
            }
            if (!file.isIntact()) {
                file.restart();
                throw new FetchException(
                        FetchException.Reason.DAMAGED, "file " + expected.name() + " arrives damaged", null);
            }
            file.force();
            complete.add(expected);
            progress.fetched(before + file.size(), checkpoint.total());
        }
    }

    private void receive(Opened checkpoint, StoreCheckpoint.File expected, PartialFile file, long before)
            throws FetchException, IOException {
        if (file.isComplete()) {
            return;
        }
        Iterator<FileChunk> chunks = master.fetch(FetchRequest.newBuilder()
                .setCheckpoint(checkpoint.id())
                .setFile(expected.name())
                .setOffset(file.size())
                .build());
        while (chunks.hasNext()) {
            file.append(chunks.next().getContent());
            lastProgress = System.nanoTime();
            progress.fetched(before + file.size(), checkpoint.total());
        }
        if (!file.isComplete()) {
            throw new FetchException(
                    FetchException.Reason.MALFORMED, "file " + expected.name() + " is shorter than announced", null);
        }
    }

    /** What a failure of the disk means. */
    FetchException failure(IOException cause) {
        boolean full = folder.toFile().getUsableSpace() < NO_ROOM_BYTES;
        return new FetchException(
                full ? FetchException.Reason.DISK_FULL : FetchException.Reason.IO,
                "folder " + folder + " cannot be written: " + cause.getMessage(),
                cause);
    }
}
