// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the array out of a received byte string. The parser made it for that string alone, and the message is thrown
 * away, so that nobody else sees it.
 */
final class PayloadArray extends ByteOutput {
    private final int size;
    private byte @Nullable [] array;
    private int filled;

    private PayloadArray(int size) {
        this.size = size;
    }

    static byte[] of(ByteString content) {
        PayloadArray taken = new PayloadArray(content.size());
        try {
            UnsafeByteOperations.unsafeWriteTo(content, taken);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return taken.array();
    }

    private byte[] array() {
        byte[] known = array;
        if (known == null) {
            known = new byte[size];
            array = known;
        }
        return known;
    }

    @Override
    public void write(byte value) {
        array()[filled++] = value;
    }

    @Override
    public void write(byte[] value, int from, int length) {
        System.arraycopy(value, from, array(), filled, length);
        filled += length;
    }

    @Override
    public void writeLazy(byte[] value, int from, int length) {
        if (array == null && from == 0 && length == size && value.length == size) {
            array = value;
            filled = size;
        } else {
            write(value, from, length);
        }
    }

    @Override
    public void write(ByteBuffer value) {
        int length = value.remaining();
        value.get(array(), filled, length);
        filled += length;
    }

    @Override
    public void writeLazy(ByteBuffer value) {
        write(value);
    }
}
