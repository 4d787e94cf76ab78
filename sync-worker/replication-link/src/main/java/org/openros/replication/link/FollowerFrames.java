// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.link.wire.Ack;
import org.openros.replication.link.wire.Fenced;
import org.openros.replication.link.wire.FollowerFrame;
import org.openros.replication.link.wire.Hello;
import org.openros.replication.link.wire.SwapMeOut;
import org.openros.replication.link.wire.Unable;

/** What followers say, to the wire and back. */
final class FollowerFrames {
    private FollowerFrames() {}

    static FollowerFrame encode(Frame.FromFollower frame) {
        FollowerFrame.Builder wire = FollowerFrame.newBuilder();
        switch (frame) {
            case Frame.Hello hello -> wire.setHello(encode(hello));
            case Frame.Ack ack -> wire.setAck(encode(ack));
            case Frame.Fenced fenced ->
                wire.setFenced(Fenced.newBuilder().setPromisedEpoch(fenced.promised().value()));
            case Frame.SwapMeOut swap -> wire.setSwapMeOut(SwapMeOut.newBuilder().setReason(swap.reason()));
            case Frame.Unable unable -> wire.setUnable(Unable.newBuilder().setReason(unable.reason()));
        }
        return wire.build();
    }

    private static Hello encode(Frame.Hello hello) {
        Hello.Builder wire = Hello.newBuilder()
                .setGroup(hello.group().value())
                .setNode(hello.node().value())
                .setStore(PositionCodec.encode(hello.store().value()))
                .setPromisedEpoch(hello.promised().value())
                .addAllEpochs(PositionCodec.encode(hello.epochs()))
                .setLast(PositionCodec.encode(hello.last()))
                .setCommitSeq(hello.commitSeq())
                .setFormatLevel(hello.formatLevel())
                .setConnection(PositionCodec.encode(hello.connection().value()));
        if (hello.lineage() != null) {
            wire.setLineage(PositionCodec.encode(hello.lineage().value()));
        }
        return wire.build();
    }

    private static Ack encode(Frame.Ack ack) {
        return Ack.newBuilder()
                .setEpoch(ack.epoch().value())
                .setSeq(ack.seq())
                .setStore(PositionCodec.encode(ack.store().value()))
                .setConnection(PositionCodec.encode(ack.connection().value()))
                .setNonce(ack.nonce())
                .build();
    }

    /**
     * Reads a frame.
     *
     * @return null if a newer release sent something that this one does not know
     * @throws IllegalArgumentException if it does not make sense
     */
    static Frame.@Nullable FromFollower decode(FollowerFrame wire) {
        return switch (wire.getFrameCase()) {
            case HELLO -> decode(wire.getHello());
            case ACK -> decode(wire.getAck());
            case FENCED -> new Frame.Fenced(new Epoch(wire.getFenced().getPromisedEpoch()));
            case SWAP_ME_OUT -> new Frame.SwapMeOut(wire.getSwapMeOut().getReason());
            case UNABLE -> new Frame.Unable(wire.getUnable().getReason());
            case FRAME_NOT_SET -> null;
        };
    }

    private static Frame.Hello decode(Hello hello) {
        return new Frame.Hello(
                new GroupId(hello.getGroup()),
                hello.hasLineage() ? new Lineage(PositionCodec.decode(hello.getLineage())) : null,
                new NodeId(hello.getNode()),
                new StoreId(PositionCodec.decode(hello.getStore())),
                new Epoch(hello.getPromisedEpoch()),
                PositionCodec.decode(hello.getEpochsList()),
                PositionCodec.decode(hello.getLast()),
                PositionCodec.seq(hello.getCommitSeq()),
                hello.getFormatLevel(),
                new ConnectionId(PositionCodec.decode(hello.getConnection())));
    }

    private static Frame.Ack decode(Ack ack) {
        return new Frame.Ack(
                new Epoch(ack.getEpoch()),
                PositionCodec.seq(ack.getSeq()),
                new StoreId(PositionCodec.decode(ack.getStore())),
                new ConnectionId(PositionCodec.decode(ack.getConnection())),
                ack.getNonce());
    }
}
