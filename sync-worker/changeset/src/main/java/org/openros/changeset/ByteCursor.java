// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import org.openros.changeset.MalformedChangesetException.Code;

/** Reads the primitives of the changeset format (sections 1.2 to 1.4) from a byte array. */
final class ByteCursor {
    private static final VarHandle LITTLE_INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LITTLE_LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG_INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle BIG_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Most bytes of a decimal coefficient. */
    private static final int COEFFICIENT_BYTES = 17;
    /** Bits of a coefficient that the first {@link #LOW_BYTES} bytes carry. */
    private static final int LOW_BITS = 63;

    private static final int LOW_BYTES = LOW_BITS / 7;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int position;
    private boolean negative;

    ByteCursor(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.start = start;
        this.end = start + length;
        this.position = start;
    }

    boolean hasMore() {
        return position < end;
    }

    int remaining() {
        return end - position;
    }

    MalformedChangesetException malformed(Code code) {
        return new MalformedChangesetException(code, position - start);
    }

    /** An unsigned 64-bit number, as the bits of a long. */
    long u64() {
        return isShort() ? bytes[position++] : unsigned(10, -1L);
    }

    /** An unsigned 32-bit number. */
    long u32() {
        return isShort() ? bytes[position++] : unsigned(5, 0xFFFF_FFFFL);
    }

    /** An unsigned 8-bit number. */
    int u8() {
        return isShort() ? bytes[position++] : (int) unsigned(2, 0xFF);
    }

    /** A boolean: anything but zero is true. */
    boolean bool() {
        return u8() != 0;
    }

    long i64() {
        return isShort() ? bytes[position++] : signed(10, Long.MAX_VALUE);
    }

    int i32() {
        return isShort() ? bytes[position++] : (int) signed(5, Integer.MAX_VALUE);
    }

    /** Whether the next byte is all of a number that is not negative: most numbers are. */
    private boolean isShort() {
        return position < end && (bytes[position] & 0xC0) == 0;
    }

    private long unsigned(int maxBytes, long maxValue) {
        long value = magnitude(maxBytes, maxValue);
        if (negative) {
            throw malformed(Code.NEGATIVE_FOR_UNSIGNED);
        }
        return value;
    }

    private long signed(int maxBytes, long maxValue) {
        long value = magnitude(maxBytes, maxValue);
        return negative ? -value - 1 : value;
    }

    private long magnitude(int maxBytes, long maxValue) {
        long value = 0;
        for (int i = 0, shift = 0; ; i++, shift += 7) {
            if (position >= end) {
                throw malformed(Code.INTEGER_TRUNCATED);
            }
            int next = bytes[position++];
            if (next >= 0) {
                long last = next & 0x3F;
                if (Long.compareUnsigned(last, maxValue >>> shift) > 0) {
                    throw malformed(Code.INTEGER_OUT_OF_RANGE);
                }
                negative = (next & 0x40) != 0;
                return value | (last << shift);
            }
            if (i == maxBytes - 1) {
                throw malformed(Code.INTEGER_TOO_LONG);
            }
            value |= (next & 0x7FL) << shift;
        }
    }

    /** The coefficient of a decimal: no sign bit in the last byte, at most 119 bits. */
    BigInteger coefficient() {
        long low = 0;
        long high = 0;
        for (int i = 0; i < COEFFICIENT_BYTES; i++) {
            if (position >= end) {
                throw malformed(Code.DECIMAL_COEFFICIENT_TRUNCATED);
            }
            int next = bytes[position++];
            if (i < LOW_BYTES) {
                low |= (next & 0x7FL) << (7 * i);
            } else {
                high |= (next & 0x7FL) << (7 * (i - LOW_BYTES));
            }
            if (next >= 0) {
                BigInteger lower = BigInteger.valueOf(low);
                return high == 0 ? lower : BigInteger.valueOf(high).shiftLeft(LOW_BITS).or(lower);
            }
        }
        throw malformed(Code.DECIMAL_COEFFICIENT_TOO_LONG);
    }

    void skip(int length) {
        advance(length);
    }

    ByteString bytes(int length) {
        return ByteString.copyOf(bytes, advance(length), length);
    }

    int littleInt() {
        return (int) LITTLE_INT.get(bytes, advance(4));
    }

    long littleLong() {
        return (long) LITTLE_LONG.get(bytes, advance(8));
    }

    int bigInt() {
        return (int) BIG_INT.get(bytes, advance(4));
    }

    long bigLong() {
        return (long) BIG_LONG.get(bytes, advance(8));
    }

    /** Demands that so many bytes are left. */
    void require(int length) {
        if (length > end - position) {
            throw malformed(Code.TRUNCATED_BYTES);
        }
    }

    private int advance(int length) {
        require(length);
        int from = position;
        position += length;
        return from;
    }
}
