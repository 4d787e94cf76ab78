// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.replication.link.wire.FollowerFrame;
import org.openros.replication.link.wire.MasterFrame;
import org.openros.replication.link.wire.ProbeReply;
import org.openros.replication.link.wire.ProbeRequest;
import org.openros.replication.link.wire.ReplicationGrpc;

/** The calls that other nodes make to this one. */
final class ReplicationService {
    /** A follower has so many seconds to say who it is. */
    private static final int HELLO_SECONDS = 5;

    /** The most followers at a time, with those that have not said who they are. */
    private static final int MAX_FOLLOWERS = 32;

    private final GroupId group;
    private final LinkHost host;
    private final Connections connections;
    private final CheckpointService checkpoints;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final AtomicInteger followers = new AtomicInteger();

    ReplicationService(
            GroupId group,
            LinkHost host,
            Connections connections,
            CheckpointService checkpoints,
            Executor executor,
            ScheduledExecutorService timer) {
        this.group = group;
        this.host = host;
        this.connections = connections;
        this.checkpoints = checkpoints;
        this.executor = executor;
        this.timer = timer;
    }

    ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(ReplicationGrpc.getServiceDescriptor())
                .addMethod(ReplicationGrpc.getFollowMethod(), this::follow)
                .addMethod(ReplicationGrpc.getProbeMethod(), ServerCalls.asyncUnaryCall(this::probe))
                .addMethod(ReplicationGrpc.getOpenCheckpointMethod(), ServerCalls.asyncUnaryCall(checkpoints::open))
                .addMethod(ReplicationGrpc.getFetchMethod(), ServerCalls.asyncServerStreamingCall(checkpoints::fetch))
                .addMethod(ReplicationGrpc.getCloseCheckpointMethod(), ServerCalls.asyncUnaryCall(checkpoints::close))
                .build();
    }

    private ServerCall.Listener<FollowerFrame> follow(ServerCall<FollowerFrame, MasterFrame> call, Metadata headers) {
        if (followers.incrementAndGet() > MAX_FOLLOWERS) {
            followers.decrementAndGet();
            call.close(Status.RESOURCE_EXHAUSTED.withDescription("too many followers"), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        FollowerConnection connection =
                new FollowerConnection(call, host, connections, executor, followers::decrementAndGet);
        timer.schedule(connection::dropUnnamed, HELLO_SECONDS, TimeUnit.SECONDS);
        return connection.begin();
    }

    private void probe(ProbeRequest request, StreamObserver<ProbeReply> caller) {
        try {
            if (!request.getGroup().equals(group.value())) {
                throw new IllegalArgumentException("this is a node of group " + group);
            }
            caller.onNext(ProbeCodec.encode(host.answer(new NodeId(request.getAbout()))));
            caller.onCompleted();
        } catch (IllegalArgumentException e) {
            caller.onError(Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asException());
        }
    }
}
