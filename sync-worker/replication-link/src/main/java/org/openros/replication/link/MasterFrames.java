// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.Lineage;
import org.openros.replication.frame.CheckpointReason;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.link.wire.Heartbeat;
import org.openros.replication.link.wire.MasterFrame;
import org.openros.replication.link.wire.Refused;
import org.openros.replication.link.wire.TakeCheckpoint;
import org.openros.replication.link.wire.Welcome;

/**
 * What masters say besides entries, to the wire and back. Entries go through {@link EntryPacker} and
 * {@link EntryUnpacker}.
 */
final class MasterFrames {
    private MasterFrames() {}

    static MasterFrame encode(Frame.FromMaster frame) {
        MasterFrame.Builder wire = MasterFrame.newBuilder().setEpoch(frame.epoch().value());
        switch (frame) {
            case Frame.Welcome welcome -> wire.setWelcome(encode(welcome));
            case Frame.TakeCheckpoint take ->
                wire.setTakeCheckpoint(TakeCheckpoint.newBuilder().setWhy(WireNames.encode(take.why())));
            case Frame.Entries entries -> throw new IllegalArgumentException("entries are sent by StreamFrom only");
            case Frame.Heartbeat heartbeat ->
                wire.setHeartbeat(Heartbeat.newBuilder()
                        .setCommitSeq(heartbeat.commitSeq())
                        .setNonce(heartbeat.nonce()));
            case Frame.Refused refused ->
                wire.setRefused(Refused.newBuilder()
                        .setReason(WireNames.encode(refused.reason()))
                        .setMessage(refused.message()));
        }
        return wire.build();
    }

    private static Welcome encode(Frame.Welcome welcome) {
        return Welcome.newBuilder()
                .setLineage(PositionCodec.encode(welcome.lineage().value()))
                .setCommonPrefix(PositionCodec.encode(welcome.commonPrefix()))
                .setCommitSeq(welcome.commitSeq())
                .build();
    }

    /**
     * Reads a frame.
     *
     * @return null if a newer release sent something that this one does not know, and for entries
     * @throws IllegalArgumentException if it does not make sense
     */
    static Frame.@Nullable FromMaster decode(MasterFrame wire) {
        Epoch epoch = new Epoch(wire.getEpoch());
        return switch (wire.getFrameCase()) {
            case WELCOME -> decode(epoch, wire.getWelcome());
            case TAKE_CHECKPOINT ->
                new Frame.TakeCheckpoint(
                        epoch, WireNames.decode(wire.getTakeCheckpoint().getWhy(), CheckpointReason.TAIL_RELEASED));
            case HEARTBEAT -> decode(epoch, wire.getHeartbeat());
            case REFUSED -> decode(epoch, wire.getRefused());
            case ENTRIES, FRAME_NOT_SET -> null;
        };
    }

    private static Frame.FromMaster decode(Epoch epoch, Welcome welcome) {
        return new Frame.Welcome(
                epoch,
                new Lineage(PositionCodec.decode(welcome.getLineage())),
                PositionCodec.decode(welcome.getCommonPrefix()),
                PositionCodec.seq(welcome.getCommitSeq()));
    }

    private static Frame.FromMaster decode(Epoch epoch, Heartbeat heartbeat) {
        return new Frame.Heartbeat(epoch, PositionCodec.seq(heartbeat.getCommitSeq()), heartbeat.getNonce());
    }

    private static Frame.FromMaster decode(Epoch epoch, Refused refused) {
        return new Frame.Refused(
                epoch, WireNames.decode(refused.getReason(), RefusalReason.NOT_MASTER), refused.getMessage());
    }
}
