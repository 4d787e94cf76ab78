// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.math.BigInteger;

/**
 * Which triples of coefficient, exponent and sign are decimals that a client can hold (changeset format, section 1.4):
 * those of the 128-bit binary form, whose 14 exponent bits also mark infinity and NaN.
 */
final class Decimals {
    /** Bits of the widest coefficient. */
    static final int COEFFICIENT_BITS = 113;
    /** Exponents from here on mean infinity. */
    static final int INFINITY = 9184;
    /** Exponents from here on mean NaN. */
    static final int NAN = 9696;

    private static final int MIN_EXPONENT = -6176;
    private static final int MAX_FINITE_EXPONENT = 6111;
    private static final int MAX_EXPONENT = 16383 + MIN_EXPONENT;
    private static final BigInteger FINITE_LIMIT = BigInteger.TEN.pow(34);

    private Decimals() {}

    static boolean isRepresentable(BigInteger coefficient, int exponent) {
        if (exponent >= INFINITY) {
            return exponent <= MAX_EXPONENT && coefficient.bitLength() <= COEFFICIENT_BITS;
        }
        return exponent >= MIN_EXPONENT
                && exponent <= MAX_FINITE_EXPONENT
                && (coefficient.bitLength() < COEFFICIENT_BITS - 1 || coefficient.compareTo(FINITE_LIMIT) < 0);
    }
}
