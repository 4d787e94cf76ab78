// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Passes byte arrays as they are; inside one process without copying. The general ways to read and write a stream take
 * a buffer of many kilobytes for each message, most of which have a few hundred bytes.
 */
enum ByteArrayMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    @Override
    public InputStream stream(byte[] message) {
        return new ArrayStream(message);
    }

    @Override
    public byte[] parse(InputStream stream) {
        if (stream instanceof ArrayStream array) {
            return array.content;
        }
        try {
            return stream instanceof KnownLength ? readKnown(stream) : stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] readKnown(InputStream stream) throws IOException {
        byte[] message = new byte[stream.available()];
        stream.readNBytes(message, 0, message.length);
        return message;
    }

    /** A stream over one array that still knows it. */
    private static final class ArrayStream extends ByteArrayInputStream implements KnownLength, Drainable {
        private final byte[] content;

        ArrayStream(byte[] content) {
            super(content);
            this.content = content;
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = available();
            target.write(content, pos, length);
            pos = count;
            return length;
        }
    }
}
