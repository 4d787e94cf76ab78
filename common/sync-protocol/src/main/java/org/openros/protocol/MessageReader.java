// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.Arrays;

/** Reads one message: its type, the numbers of its header, and its body, which must be consumed exactly. */
final class MessageReader {
    private static final int MAX_HEADER_BYTES = 1024;

    private final byte[] message;
    private final int typeEnd;
    private final int headerEnd;
    private final ByteCursor header;

    MessageReader(byte[] message) {
        this.message = message;
        headerEnd = find('\n', Math.min(message.length, MAX_HEADER_BYTES));
        typeEnd = find(' ', headerEnd);
        header = new ByteCursor(message, typeEnd, headerEnd);
    }

    private int find(char separator, int limit) {
        for (int i = 0; i < limit; i++) {
            if (message[i] == separator) {
                return i;
            }
        }
        throw ProtocolViolation.syntax("the header has no end");
    }

    boolean isType(byte[] name) {
        return Arrays.equals(message, 0, typeEnd, name, 0, name.length);
    }

    /** The next number of the header. */
    long number() {
        header.expect(' ');
        return header.number();
    }

    /** The next number of the header, which must not be zero. */
    long session() {
        long session = number();
        if (session == 0) {
            throw ProtocolViolation.syntax("a session identifier is zero");
        }
        return session;
    }

    boolean flag() {
        return number() != 0;
    }

    int errorCode() {
        long code = number();
        if (code > Integer.MAX_VALUE) {
            throw ProtocolViolation.syntax("an error code is too large");
        }
        return (int) code;
    }

    /** Ends the header of a message without a body. */
    void end() {
        body(0);
    }

    /** Ends the header; what follows has exactly the given size. */
    ByteCursor body(long size) {
        if (!header.atEnd()) {
            throw ProtocolViolation.syntax("the header has too many fields");
        }
        int start = headerEnd + 1;
        if (size != message.length - start) {
            throw ProtocolViolation.syntax("the size of the body is not the stated one");
        }
        return new ByteCursor(message, start, message.length);
    }

    /** Ends the header; what follows are the entries of an UPLOAD or a DOWNLOAD. */
    MessageBody entries(boolean compressed, long plainSize, long compressedSize) {
        body(compressed ? compressedSize : plainSize);
        if (!compressed && compressedSize != 0) {
            throw ProtocolViolation.syntax("the size of the body is not the stated one");
        }
        return new MessageBody(message, headerEnd + 1, compressed, plainSize);
    }
}
