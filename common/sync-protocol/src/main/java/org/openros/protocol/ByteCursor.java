// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads headers and entries: decimal numbers, separators and runs of bytes. Every read is checked against the end. */
final class ByteCursor {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteCursor(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean atEnd() {
        return at == end;
    }

    int remaining() {
        return end - at;
    }

    /** One or more digits without sign, up to 2<sup>63</sup> - 1. */
    long number() {
        int start = at;
        long value = 0;
        while (at < end && isDigit(bytes[at])) {
            int digit = bytes[at++] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                throw ProtocolViolation.syntax("a number is too large");
            }
            value = value * 10 + digit;
        }
        if (at == start) {
            throw ProtocolViolation.syntax("a number is missing");
        }
        return value;
    }

    void expect(char separator) {
        if (at == end || bytes[at] != separator) {
            throw ProtocolViolation.syntax("a separator is missing");
        }
        at++;
    }

    byte[] take(long size) {
        if (size > remaining()) {
            throw ProtocolViolation.syntax("a size goes beyond the message");
        }
        byte[] taken = Arrays.copyOfRange(bytes, at, at + (int) size);
        at += (int) size;
        return taken;
    }

    String takeText(long size) {
        if (size > remaining()) {
            throw ProtocolViolation.syntax("a size goes beyond the message");
        }
        ByteBuffer text = ByteBuffer.wrap(bytes, at, (int) size);
        at += (int) size;
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw ProtocolViolation.syntax("a text is not UTF-8");
        }
    }

    private static boolean isDigit(byte unit) {
        return unit >= '0' && unit <= '9';
    }
}
