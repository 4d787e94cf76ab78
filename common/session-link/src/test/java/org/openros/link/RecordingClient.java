// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A gateway's end of one stream that only remembers what happened. */
final class RecordingClient extends ClientCall.Listener<byte[]> {
    final ClientCall<byte[], byte[]> call;
    final List<byte[]> messages = new CopyOnWriteArrayList<>();
    volatile @Nullable Thread closedBy;
    volatile @Nullable Status status;
    volatile @Nullable Metadata trailers;

    RecordingClient(Channel channel, Metadata headers) {
        call = channel.newCall(SessionLink.SESSION, CallOptions.DEFAULT);
        call.start(this, headers);
    }

    @Override
    public void onMessage(byte[] message) {
        messages.add(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        this.closedBy = Thread.currentThread();
        this.trailers = trailers;
        this.status = status;
    }
}
