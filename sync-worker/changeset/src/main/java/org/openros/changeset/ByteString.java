// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Immutable bytes. Names and string values of changesets are meant to be UTF-8 but nobody checks them, so they are kept
 * and compared as the bytes they are. The order is that of unsigned bytes.
 */
public final class ByteString implements Comparable<ByteString> {
    /** No bytes. */
    public static final ByteString EMPTY = new ByteString(new byte[0]);

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The golden ratio, in 64 bits. */
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final byte[] bytes;
    private int hash;

    private ByteString(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The UTF-8 form of a text. */
    public static ByteString of(String text) {
        return text.isEmpty() ? EMPTY : new ByteString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of all bytes of an array. */
    public static ByteString copyOf(byte[] source) {
        return copyOf(source, 0, source.length);
    }

    /** A copy of a part of an array. */
    public static ByteString copyOf(byte[] source, int offset, int length) {
        return length == 0 ? EMPTY : new ByteString(Arrays.copyOfRange(source, offset, offset + length));
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    /** The byte at an index. */
    public byte byteAt(int index) {
        return bytes[index];
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Writes the bytes into an array from an offset on; returns the offset behind them. */
    public int copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
        return offset + bytes.length;
    }

    /** Whether the bytes are well-formed UTF-8. */
    public boolean isUtf8() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The bytes read as UTF-8, malformed parts replaced: for people, not for comparing. */
    public String toUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The bytes as lower-case hexadecimal digits. */
    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public int compareTo(ByteString other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        int result = hash;
        if (result == 0) {
            result = hash(bytes);
            hash = result;
        }
        return result;
    }

    /**
     * Keys that count up differ in few of their last bytes; a sum of multiples of 31 would be the same for many of
     * them.
     */
    private static int hash(byte[] bytes) {
        long result = bytes.length;
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            result = mixed(result ^ (long) LONG.get(bytes, at));
        }
        for (; at < bytes.length; at++) {
            result = mixed(result ^ bytes[at]);
        }
        return (int) result;
    }

    private static long mixed(long value) {
        long product = value * MULTIPLIER;
        return product ^ (product >>> 32);
    }

    @Override
    public String toString() {
        return toUtf8();
    }
}
