// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Passes byte arrays as they are; inside one process without copying. */
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
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A stream over one array that still knows it. */
    private static final class ArrayStream extends ByteArrayInputStream implements KnownLength {
        private final byte[] content;

        ArrayStream(byte[] content) {
            super(content);
            this.content = content;
        }
    }
}
