// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The values that have no Java type of their own. The others are null, Long, Boolean, String, Float, Double, Instant
 * and UUID, and what is read from collections are List, Set and Map.
 */
public final class Values {
    private Values() {}

    /** A link, in terms that are the same on every device. */
    public record Link(String type, Object primaryKey) {}

    /** 12 bytes. */
    public record ObjectId(String hex) {
        /** The id whose last bytes are the number. */
        public static ObjectId of(long number) {
            return new ObjectId("%024x".formatted(number));
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    /** Bytes that are equal when their content is. */
    public record Binary(String hex) {
        /** The bytes. */
        public static Binary of(byte... bytes) {
            return new Binary(HexFormat.of().formatHex(bytes));
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    /** IEEE 754-2008 decimal128 with binary integer coefficient, as two words. */
    public record Decimal(long low, long high) {
        private static final int EXPONENT_BIAS = 6176;
        private static final int EXPONENT_SHIFT = 49;

        /** {@code coefficient * 10^exponent}. */
        public static Decimal of(long coefficient, int exponent) {
            long sign = coefficient < 0 ? Long.MIN_VALUE : 0;
            return new Decimal(Math.abs(coefficient), (long) (exponent + EXPONENT_BIAS) << EXPONENT_SHIFT | sign);
        }
    }

    static short[] shorts(byte[] bytes) {
        short[] shorts = new short[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            shorts[i] = (short) (bytes[i] & 0xff);
        }
        return shorts;
    }

    static ByteBuffer bytes(short[] shorts) {
        ByteBuffer bytes = ByteBuffer.allocate(shorts.length);
        for (short each : shorts) {
            bytes.put((byte) each);
        }
        return bytes.flip();
    }
}
