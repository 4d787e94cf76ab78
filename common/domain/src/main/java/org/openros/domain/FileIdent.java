// SPDX-License-Identifier: Apache-2.0
package org.openros.domain;

/**
 * The identifier of one client file of one realm. The server is {@link #SERVER}; clients count up from 2 and are never
 * reused.
 *
 * @param value 1 to 2<sup>30</sup> - 1, the range that survives in a client's file
 */
public record FileIdent(long value) implements Comparable<FileIdent> {
    /** The server's own identifier in every realm. */
    public static final FileIdent SERVER = new FileIdent(1);

    /** The first identifier that is given to a client. */
    public static final FileIdent FIRST_CLIENT = new FileIdent(2);

    private static final long LIMIT = 1L << 30;

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException if the number is not an identifier
     */
    public FileIdent {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a file identifier: " + value);
        }
    }

    /** Whether the number lies in the range of identifiers. */
    public static boolean isValid(long value) {
        return value >= 1 && value < LIMIT;
    }

    @Override
    public int compareTo(FileIdent other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
