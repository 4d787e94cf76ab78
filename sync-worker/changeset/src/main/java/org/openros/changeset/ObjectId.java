// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.HexFormat;

/**
 * A BSON ObjectId in text order.
 *
 * @param high the first eight bytes
 * @param low the last four bytes
 */
public record ObjectId(long high, int low) implements Comparable<ObjectId> {
    /** Reads 24 hexadecimal digits. */
    public static ObjectId parse(String hex) {
        return new ObjectId(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigits(hex, 16, 24));
    }

    @Override
    public int compareTo(ObjectId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Integer.compareUnsigned(low, other.low);
    }

    /** The 24 lower-case hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
