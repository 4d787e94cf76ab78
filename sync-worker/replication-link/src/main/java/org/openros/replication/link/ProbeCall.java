// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.replication.frame.ProbeOutcome;
import org.openros.replication.link.wire.ProbeReply;
import org.openros.replication.link.wire.ProbeRequest;
import org.openros.replication.link.wire.ReplicationGrpc;

/** One direct call to another node, on a connection of its own, so that "nobody listens" is told from "no answer". */
final class ProbeCall implements StreamObserver<ProbeReply> {
    /** The node has so long to answer, in milliseconds, with the time for the connection. */
    private static final int DEADLINE_MILLIS = 1000;

    private final ManagedChannel channel;
    private final Consumer<ProbeOutcome> caller;
    private @Nullable ProbeOutcome outcome;

    private ProbeCall(ManagedChannel channel, Consumer<ProbeOutcome> caller) {
        this.channel = channel;
        this.caller = caller;
    }

    static void begin(ManagedChannel channel, ProbeRequest request, Consumer<ProbeOutcome> caller) {
        ReplicationGrpc.newStub(channel)
                .withDeadlineAfter(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)
                .probe(request, new ProbeCall(channel, caller));
    }

    @Override
    public void onNext(ProbeReply reply) {
        try {
            outcome = ProbeCodec.decode(reply);
        } catch (IllegalArgumentException e) {
            outcome = new ProbeOutcome.Silent("the answer makes no sense: " + e.getMessage());
        }
    }

    @Override
    public void onError(Throwable failure) {
        Status status = Status.fromThrowable(failure);
        end(LinkEnd.isRefused(status) ? new ProbeOutcome.Refused() : new ProbeOutcome.Silent(LinkEnd.message(status)));
    }

    @Override
    public void onCompleted() {
        end(outcome == null ? new ProbeOutcome.Silent("an empty answer") : outcome);
    }

    private void end(ProbeOutcome result) {
        channel.shutdownNow();
        caller.accept(result);
    }
}
