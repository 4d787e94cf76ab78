// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes one message. */
final class MessageWriter {
    private static final int LONGEST_NUMBER = 19;

    private byte[] bytes;
    private int size;

    MessageWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** Begins a message of the given type. */
    static MessageWriter of(byte[] type, int bodySize) {
        return new MessageWriter(type.length + 160 + bodySize).bytes(type);
    }

    /** A separator and a number. */
    MessageWriter field(long number) {
        ensure(1);
        bytes[size++] = ' ';
        return number(number);
    }

    MessageWriter field(boolean flag) {
        return field(flag ? 1 : 0);
    }

    /** A number of at least zero. */
    MessageWriter number(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("negative numbers are not in the protocol: " + number);
        }
        ensure(LONGEST_NUMBER);
        int digits = digits(number);
        size += digits;
        long rest = number;
        for (int i = 1; i <= digits; i++) {
            bytes[size - i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return this;
    }

    /** Ends the header. */
    MessageWriter line() {
        ensure(1);
        bytes[size++] = '\n';
        return this;
    }

    MessageWriter space() {
        ensure(1);
        bytes[size++] = ' ';
        return this;
    }

    MessageWriter bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    MessageWriter bytes(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return this;
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 2));
        }
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
