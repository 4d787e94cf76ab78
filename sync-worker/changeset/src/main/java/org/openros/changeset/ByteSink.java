// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes the primitives of the changeset format (sections 1.2 to 1.4) into a growing byte array. */
final class ByteSink {
    private static final VarHandle LITTLE_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LITTLE_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The longest integer, in bytes. */
    private static final int MAX_INTEGER = 10;

    private byte[] bytes;
    private int size;

    ByteSink(int capacity) {
        this.bytes = new byte[capacity];
    }

    int size() {
        return size;
    }

    /** Writes everything into an array from an offset on. */
    void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, size);
    }

    /** A signed number of any width. */
    void signed(long value) {
        if (value < 0) {
            magnitude(-(value + 1), 0x40);
        } else {
            magnitude(value, 0);
        }
    }

    /** An unsigned number of any width, given as the bits of a long. */
    void unsigned(long value) {
        magnitude(value, 0);
    }

    void bool(boolean value) {
        magnitude(value ? 1 : 0, 0);
    }

    private void magnitude(long value, int sign) {
        ensure(MAX_INTEGER);
        long rest = value;
        while (rest >>> 6 != 0) {
            bytes[size++] = (byte) (0x80 | rest);
            rest >>>= 7;
        }
        bytes[size++] = (byte) (rest | sign);
    }

    /** The coefficient of a decimal. */
    void coefficient(BigInteger value) {
        BigInteger rest = value;
        while (rest.bitLength() > 62) {
            ensure(1);
            bytes[size++] = (byte) (0x80 | rest.intValue());
            rest = rest.shiftRight(7);
        }
        magnitude(rest.longValue(), 0);
    }

    /** A length and the bytes. */
    void text(ByteString text) {
        unsigned(text.length());
        ensure(text.length());
        size = text.copyTo(bytes, size);
    }

    void littleInt(int value) {
        ensure(4);
        LITTLE_INT.set(bytes, size, value);
        size += 4;
    }

    void littleLong(long value) {
        ensure(8);
        LITTLE_LONG.set(bytes, size, value);
        size += 8;
    }

    void bigInt(int value) {
        ensure(4);
        BIG_INT.set(bytes, size, value);
        size += 4;
    }

    void bigLong(long value) {
        ensure(8);
        BIG_LONG.set(bytes, size, value);
        size += 8;
    }

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            long grown = Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, grown));
        }
    }
}
