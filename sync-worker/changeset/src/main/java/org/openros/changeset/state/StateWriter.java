// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.Arrays;
import java.util.UUID;
import org.openros.changeset.ByteString;
import org.openros.changeset.ObjectId;
import org.openros.changeset.ObjectKey;

/** Writes the primitives of stored state: base-128 numbers, zigzag if signed, and lengths before bytes. */
final class StateWriter {
    /** The most bytes of a number. */
    private static final int MAX_NUMBER = 10;

    private byte[] bytes = new byte[64];
    private int size;

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void octet(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
    }

    void unsigned(long value) {
        ensure(MAX_NUMBER);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    void signed(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    void bool(boolean value) {
        octet(value ? 1 : 0);
    }

    void text(ByteString text) {
        unsigned(text.length());
        ensure(text.length());
        size = text.copyTo(bytes, size);
    }

    void block(byte[] block) {
        unsigned(block.length);
        ensure(block.length);
        System.arraycopy(block, 0, bytes, size, block.length);
        size += block.length;
    }

    void int32(int value) {
        ensure(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    void int64(long value) {
        int32((int) (value >>> 32));
        int32((int) value);
    }

    void objectId(ObjectId id) {
        int64(id.high());
        int32(id.low());
    }

    void uuid(UUID uuid) {
        int64(uuid.getMostSignificantBits());
        int64(uuid.getLeastSignificantBits());
    }

    void key(ObjectKey key) {
        octet(key.type().code());
        switch (key) {
            case ObjectKey.Null _ -> {}
            case ObjectKey.Int k -> signed(k.value());
            case ObjectKey.Str k -> text(k.value());
            case ObjectKey.Oid k -> objectId(k.value());
            case ObjectKey.Uuid k -> uuid(k.value());
            case ObjectKey.Global k -> {
                unsigned(k.high());
                unsigned(k.low());
            }
        }
    }

    private void ensure(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            long doubled = Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, doubled));
        }
    }
}
