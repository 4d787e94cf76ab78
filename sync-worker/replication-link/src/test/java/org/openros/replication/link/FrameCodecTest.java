// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.StoreId;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;
import org.openros.replication.frame.CheckpointReason;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.NodeReport;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.frame.Role;
import org.openros.replication.frame.Sight;
import org.openros.replication.link.wire.Ack;
import org.openros.replication.link.wire.FollowerFrame;
import org.openros.replication.link.wire.MasterFrame;
import org.openros.storage.StoreCheckpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class FrameCodecTest {
    private static final Epoch EPOCH = new Epoch(Long.MAX_VALUE);
    private static final Position POSITION = new Position(new Epoch(3), 1L << 40, new ChainHash(-1, Long.MIN_VALUE));
    private static final EpochTable EPOCHS = EpochTable.EMPTY.with(new Epoch(1), 1).with(new Epoch(3), 900);
    private static final ConnectionId CONNECTION = new ConnectionId(UUID.randomUUID());

    static Stream<Frame.FromFollower> followerFrames() {
        return Stream.of(
                hello(Lineage.random()),
                hello(null),
                new Frame.Ack(EPOCH, 9, StoreId.random(), CONNECTION, -7),
                new Frame.Fenced(EPOCH),
                new Frame.SwapMeOut("restart"),
                new Frame.Unable("the disk fails"));
    }

    private static Frame.Hello hello(@Nullable Lineage lineage) {
        return new Frame.Hello(
                new GroupId("a"), lineage, new NodeId("n-1"), StoreId.random(), EPOCH, EPOCHS, POSITION, 5, 2,
                CONNECTION);
    }

    @ParameterizedTest
    @MethodSource("followerFrames")
    void framesOfFollowersComeBackAsTheyWere(Frame.FromFollower frame) throws InvalidProtocolBufferException {
        byte[] wire = FollowerFrames.encode(frame).toByteArray();
        assertThat(FollowerFrames.decode(FollowerFrame.parseFrom(wire))).isEqualTo(frame);
    }

    static Stream<Frame.FromMaster> masterFrames() {
        return Stream.of(
                new Frame.Welcome(EPOCH, Lineage.random(), POSITION, 8),
                new Frame.Welcome(EPOCH, Lineage.random(), Position.START, 0),
                new Frame.TakeCheckpoint(EPOCH, CheckpointReason.DIVERGED),
                new Frame.Heartbeat(EPOCH, 8, Long.MIN_VALUE),
                new Frame.Refused(EPOCH, RefusalReason.CLONED_DISK, "give one of them an empty folder"));
    }

    @ParameterizedTest
    @MethodSource("masterFrames")
    void framesOfMastersComeBackAsTheyWere(Frame.FromMaster frame) throws InvalidProtocolBufferException {
        MasterFrame wire = MasterFrame.parseFrom(MasterFrames.encode(frame).toByteArray());
        assertThat(MasterFrames.decode(wire)).isEqualTo(frame);
    }

    @ParameterizedTest
    @EnumSource
    void everyRoleHasAWordOnTheWire(Role role) {
        assertThat(WireNames.decode(WireNames.encode(role), Role.STARTING)).isEqualTo(role);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonToRefuseHasAWordOnTheWire(RefusalReason reason) {
        assertThat(WireNames.decode(WireNames.encode(reason), RefusalReason.NOT_MASTER)).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource
    void everyReasonForACheckpointHasAWordOnTheWire(CheckpointReason reason) {
        assertThat(WireNames.decode(WireNames.encode(reason), CheckpointReason.TAIL_RELEASED)).isEqualTo(reason);
    }

    @ParameterizedTest
    @EnumSource
    void everySightHasAWordOnTheWire(Sight sight) {
        NodeReport report = new NodeReport(
                new GroupId("a"), new NodeId("n"), StoreId.random(), -1, Role.SPARE, EPOCH, null, EPOCH,
                POSITION, 1, 4);
        ProbeOutcome.Answered answer = new ProbeOutcome.Answered(report, sight, new Epoch(7));
        assertThat(ProbeCodec.decode(ProbeCodec.encode(answer))).isEqualTo(answer);
    }

    @Test
    void wordsOfANewerReleaseBecomeTheNearestKnown() {
        assertThat(WireNames.decode(org.openros.replication.link.wire.Role.UNRECOGNIZED, Role.STARTING))
                .isEqualTo(Role.STARTING);
    }

    @Test
    void fieldsOfANewerReleaseAreIgnored() throws InvalidProtocolBufferException {
        UnknownFieldSet more = UnknownFieldSet.newBuilder()
                .addField(500, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
        Frame.Fenced fenced = new Frame.Fenced(EPOCH);
        FollowerFrame newer =
                FollowerFrames.encode(fenced).toBuilder().setUnknownFields(more).build();

        assertThat(FollowerFrames.decode(FollowerFrame.parseFrom(newer.toByteArray()))).isEqualTo(fenced);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        FollowerFrame negative =
                FollowerFrame.newBuilder().setAck(Ack.newBuilder().setSeq(-1)).build();
        assertThatIllegalArgumentException().isThrownBy(() -> FollowerFrames.decode(negative));
        MasterFrame reign = MasterFrame.newBuilder().setEpoch(-1).build();
        assertThatIllegalArgumentException().isThrownBy(() -> MasterFrames.decode(reign));
    }

    @Test
    void manifestComesBackAsItWas() {
        StoreCheckpoint.Manifest manifest = new StoreCheckpoint.Manifest(
                Lineage.random(),
                EPOCH,
                POSITION,
                EPOCHS,
                List.of(new StoreCheckpoint.File("000012.sst", 1L << 40, -3),
                        new StoreCheckpoint.File("CURRENT", 0, 0)));
        assertThat(CheckpointCodec.decode(CheckpointCodec.encode("id", manifest))).isEqualTo(manifest);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"", ".", "..", "../x", "a/b", "a\\b", "/x",
            ".hidden", "a\0b"})
    void manifestWithFilesElsewhereIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> decodeManifest(new StoreCheckpoint.File(name, 1, 1)));
    }

    @Test
    void manifestWithImpossibleFilesIsRefused() {
        StoreCheckpoint.File file = new StoreCheckpoint.File("a", 1, 1);
        assertThatIllegalArgumentException().isThrownBy(() -> decodeManifest(file, file));
        assertThatIllegalArgumentException().isThrownBy(() -> decodeManifest(new StoreCheckpoint.File("a", -1, 1)));
    }

    private static void decodeManifest(StoreCheckpoint.File... files) {
        CheckpointCodec.decode(CheckpointCodec.encode(
                "id",
                new StoreCheckpoint.Manifest(
                        Lineage.random(), Epoch.NONE, Position.START, EpochTable.EMPTY, List.of(files))));
    }

    @Test
    void payloadIsTakenWithoutAnotherCopyWhereItStandsAlone() {
        byte[] array = {1, 2, 3};
        assertThat(PayloadArray.of(com.google.protobuf.UnsafeByteOperations.unsafeWrap(array))).isSameAs(array);
        ByteString joined = ByteString.copyFrom(new byte[200]).concat(ByteString.copyFrom(array));
        assertThat(PayloadArray.of(joined)).isEqualTo(joined.toByteArray());
        assertThat(PayloadArray.of(joined.substring(198))).containsExactly(0, 0, 1, 2, 3);
        assertThat(PayloadArray.of(ByteString.EMPTY)).isEmpty();
    }
}
