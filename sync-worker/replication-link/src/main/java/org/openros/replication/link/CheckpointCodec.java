// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.replication.link.wire.CheckpointFile;
import org.openros.replication.link.wire.OpenCheckpointReply;
import org.openros.storage.StoreCheckpoint;

/** The list of a checkpoint's files, to the wire and back. */
final class CheckpointCodec {
    /** Names that are safe inside one folder on every system: no separators, no leading dot. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,199}");

    private CheckpointCodec() {}

    static OpenCheckpointReply encode(String id, StoreCheckpoint.Manifest manifest) {
        return OpenCheckpointReply.newBuilder()
                .setCheckpoint(id)
                .setLineage(PositionCodec.encode(manifest.lineage().value()))
                .setPromisedEpoch(manifest.promised().value())
                .setPosition(PositionCodec.encode(manifest.position()))
                .addAllEpochs(PositionCodec.encode(manifest.epochs()))
                .addAllFiles(manifest.files().stream().map(CheckpointCodec::encode).toList())
                .build();
    }

    private static CheckpointFile encode(StoreCheckpoint.File file) {
        return CheckpointFile.newBuilder()
                .setName(file.name())
                .setSize(file.size())
                .setCrc32C(file.crc32c())
                .build();
    }

    /**
     * Reads a manifest.
     *
     * @throws IllegalArgumentException if it names a file twice or outside of its folder, or a number is out of range
     */
    static StoreCheckpoint.Manifest decode(OpenCheckpointReply reply) {
        Set<String> names = new HashSet<>();
        List<StoreCheckpoint.File> files = reply.getFilesList().stream()
                .map(file -> decode(file, names))
                .toList();
        return new StoreCheckpoint.Manifest(
                new Lineage(PositionCodec.decode(reply.getLineage())),
                new Epoch(reply.getPromisedEpoch()),
                PositionCodec.decode(reply.getPosition()),
                PositionCodec.decode(reply.getEpochsList()),
                files);
    }

    private static StoreCheckpoint.File decode(CheckpointFile file, Set<String> names) {
        if (!NAME.matcher(file.getName()).matches() || file.getSize() < 0 || !names.add(file.getName())) {
            throw new IllegalArgumentException("a checkpoint has a file that cannot be stored");
        }
        return new StoreCheckpoint.File(file.getName(), file.getSize(), file.getCrc32C());
    }
}
