// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.domain.Epoch;
import org.openros.domain.log.Position;
import org.openros.replication.Event;
import org.openros.replication.frame.CheckpointReason;
import org.openros.replication.frame.ConnectionId;
import org.openros.replication.frame.Frame;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.link.wire.Fenced;
import org.openros.replication.link.wire.FollowerFrame;
import org.openros.replication.link.wire.Hello;
import org.openros.replication.link.wire.MasterFrame;
import org.openros.replication.link.wire.ReplicationGrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

class ReplicationLinkTest {
    private static final Epoch EPOCH = TestNode.EPOCH;

    private TestNode master;
    private TestNode follower;

    @BeforeEach
    void start() throws IOException {
        master = new TestNode("m");
        follower = new TestNode("f");
    }

    @AfterEach
    void stop() {
        follower.close();
        master.close();
    }

    @Test
    void framesOfBothSidesArriveInOrder() {
        ConnectionId connection = follower.follow(master.address());
        master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));

        Frame welcome = new Frame.Welcome(EPOCH, TestNode.LINEAGE, Position.START, 12);
        Frame heartbeat = new Frame.Heartbeat(EPOCH, 13, 1);
        master.link.send(connection, welcome);
        master.link.send(connection, heartbeat);
        follower.awaitHeard(new TestNode.Came(connection, heartbeat));
        Frame ack = new Frame.Ack(EPOCH, 12, follower.store, connection, 1);
        follower.link.send(connection, ack);
        master.awaitHeard(new TestNode.Came(connection, ack));

        assertThat(follower.heardOf(connection))
                .containsExactly(
                        new TestNode.Opened(connection),
                        new TestNode.Came(connection, welcome),
                        new TestNode.Came(connection, heartbeat));
    }

    @Test
    void lastWordsArriveBeforeTheEnd() {
        ConnectionId connection = follower.follow(master.address());
        master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));

        Frame refused = new Frame.Refused(EPOCH, RefusalReason.CLONED_DISK, "give one an empty folder");
        master.link.send(connection, refused);
        master.link.hangUp(connection);

        follower.awaitHeard(new TestNode.Ended(connection, Event.Cause.RESET));
        master.awaitHeard(new TestNode.Ended(connection, Event.Cause.LOCAL));
        assertThat(follower.heardOf(connection)).contains(new TestNode.Came(connection, refused));
    }

    @Test
    void followerThatHangsUpIsHeardToTheEnd() {
        ConnectionId connection = follower.follow(master.address());
        Frame unable = new Frame.Unable("the disk fails");
        follower.link.send(connection, unable);
        follower.link.hangUp(connection);

        master.awaitHeard(new TestNode.Ended(connection, Event.Cause.RESET));
        follower.awaitHeard(new TestNode.Ended(connection, Event.Cause.LOCAL));
        assertThat(master.heardOf(connection))
                .containsExactly(
                        new TestNode.Came(connection, follower.hello(connection)),
                        new TestNode.Came(connection, unable),
                        new TestNode.Ended(connection, Event.Cause.RESET));
    }

    @Test
    void everyConnectionEndsOnce() {
        ConnectionId connection = follower.follow(master.address());
        master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));

        follower.link.hangUp(connection);
        master.link.hangUp(connection);
        follower.link.hangUp(connection);
        await().until(() -> ends(follower, connection) == 1 && ends(master, connection) == 1);
        master.close();
        follower.close();

        assertThat(ends(master, connection)).isOne();
        assertThat(ends(follower, connection)).isOne();
    }

    private static long ends(TestNode node, ConnectionId connection) {
        return node.heardOf(connection).stream().filter(TestNode.Ended.class::isInstance).count();
    }

    @Test
    void hangingUpRightAfterDiallingIsReported() {
        ConnectionId connection = follower.dial(master.address());
        follower.link.hangUp(connection);

        await().until(() -> ends(follower, connection) == 1);
        assertThat(follower.heardOf(connection)).contains(new TestNode.Ended(connection, Event.Cause.LOCAL));
    }

    @Test
    void deadProcessIsRefused() throws IOException {
        ConnectionId connection = follower.dial(freeAddress());
        follower.awaitHeard(new TestNode.Ended(connection, Event.Cause.REFUSED));
    }

    @Test
    void stoppedProcessIsUnreachable() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            ConnectionId connection = follower.dial(URI.create("grpc://127.0.0.1:" + silent.getLocalPort()));
            await().until(() -> ends(follower, connection) == 1);
            assertThat(follower.heard).containsExactly(new TestNode.Ended(connection, Event.Cause.UNREACHABLE));
        }
    }

    @Test
    void addressThatIsNoneIsUnreachable() {
        ConnectionId connection = follower.dial(URI.create("http://127.0.0.1:1"));
        follower.awaitHeard(new TestNode.Ended(connection, Event.Cause.UNREACHABLE));
    }

    @Test
    void masterThatStopsResetsItsFollowers() {
        ConnectionId connection = follower.follow(master.address());
        master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));

        master.close();

        follower.awaitHeard(new TestNode.Ended(connection, Event.Cause.RESET));
        assertThat(master.heardOf(connection)).contains(new TestNode.Ended(connection, Event.Cause.LOCAL));
    }

    @Test
    void connectionHasToBeginWithHello() {
        assertThat(fate(FollowerFrame.newBuilder().setFenced(Fenced.getDefaultInstance()).build()))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(master.heard).isEmpty();
    }

    @Test
    void helloThatMakesNoSenseEndsTheConnection() {
        Hello hello = Hello.newBuilder().setGroup("../..").setNode("f").build();
        assertThat(fate(FollowerFrame.newBuilder().setHello(hello).build())).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(master.heard).isEmpty();
    }

    @Test
    void bytesThatAreNoFrameEndTheConnectionAndNoOther() {
        ConnectionId connection = follower.follow(master.address());
        master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));

        assertThat(fateOfBytes(new byte[] {-1, -1, -1, -1})).isNotEqualTo(Status.Code.OK);
        assertThat(fateOfBytes(new byte[LinkTransport.MAX_MESSAGE_BYTES + 1]))
                .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);

        Frame heartbeat = new Frame.Heartbeat(EPOCH, 1, 1);
        master.link.send(connection, heartbeat);
        follower.awaitHeard(new TestNode.Came(connection, heartbeat));
    }

    private Status.Code fateOfBytes(byte[] message) {
        MethodDescriptor<byte[], byte[]> follow = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                .setFullMethodName(ReplicationGrpc.getFollowMethod().getFullMethodName())
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", master.address().getPort())
                .usePlaintext()
                .build();
        try {
            ClientCalls.blockingServerStreamingCall(channel, follow, CallOptions.DEFAULT, message)
                    .forEachRemaining(answer -> {});
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    /** Messages as they are. */
    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] message) {
            return new ByteArrayInputStream(message);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void nameOfALiveConnectionCannotBeTaken() {
        ConnectionId connection = follower.follow(master.address());
        master.awaitHeard(new TestNode.Came(connection, follower.hello(connection)));

        assertThat(fate(FollowerFrames.encode(follower.hello(connection)))).isEqualTo(Status.Code.INVALID_ARGUMENT);

        Frame take = new Frame.TakeCheckpoint(EPOCH, CheckpointReason.TAIL_RELEASED);
        master.link.send(connection, take);
        follower.awaitHeard(new TestNode.Came(connection, take));
    }

    @Test
    void frameOfANewerReleaseIsIgnored() {
        ConnectionId connection = new ConnectionId(UUID.randomUUID());
        FollowerFrame unknown = FollowerFrame.getDefaultInstance();
        FollowerFrame hello = FollowerFrames.encode(follower.hello(connection));
        fateLater(hello, unknown, FollowerFrames.encode(new Frame.SwapMeOut("restart")));

        master.awaitHeard(new TestNode.Came(connection, new Frame.SwapMeOut("restart")));
    }

    @Test
    void nothingIsLeftRunning() {
        follower.follow(master.address());
        assertThatIOException().isThrownBy(() -> new TestNode("x", master.address(), null));
        follower.close();
        master.close();

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("replication-")));
    }

    private Status.Code fate(FollowerFrame frame) {
        return fateLater(frame).join();
    }

    private CompletableFuture<Status.Code> fateLater(FollowerFrame... frames) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", master.address().getPort())
                .usePlaintext()
                .build();
        CompletableFuture<Status.Code> fate = new CompletableFuture<>();
        StreamObserver<FollowerFrame> call = ReplicationGrpc.newStub(channel).follow(new StreamObserver<>() {
            @Override
            public void onNext(MasterFrame frame) {}

            @Override
            public void onError(Throwable failure) {
                end(Status.fromThrowable(failure));
            }

            @Override
            public void onCompleted() {
                end(Status.OK);
            }

            private void end(Status status) {
                channel.shutdownNow();
                fate.complete(status.getCode());
            }
        });
        for (FollowerFrame frame : frames) {
            call.onNext(frame);
        }
        return fate;
    }

    static URI freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return URI.create("grpc://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
