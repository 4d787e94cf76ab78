// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A worker that only remembers what happened on its streams. */
final class RecordingServer implements ServerCallHandler<byte[], byte[]> {
    final List<Stream> streams = new CopyOnWriteArrayList<>();

    @Override
    public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata headers) {
        Stream stream = new Stream(call, headers);
        streams.add(stream);
        call.sendHeaders(new Metadata());
        call.request(1);
        return stream;
    }

    static final class Stream extends ServerCall.Listener<byte[]> {
        final ServerCall<byte[], byte[]> call;
        final Metadata headers;
        final List<byte[]> messages = new CopyOnWriteArrayList<>();
        volatile boolean cancelled;

        Stream(ServerCall<byte[], byte[]> call, Metadata headers) {
            this.call = call;
            this.headers = headers;
        }

        @Override
        public void onMessage(byte[] message) {
            messages.add(message);
            call.request(1);
        }

        @Override
        public void onCancel() {
            cancelled = true;
        }
    }
}
