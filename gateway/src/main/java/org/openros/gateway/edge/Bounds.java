// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.edge;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Checks settings where they are read, so that a start with a bad one fails and names its key. */
public final class Bounds {
    private Bounds() {}

    /** Demands a number from {@code least} to {@code most}. */
    public static void check(String key, int value, int least, int most) {
        check(key, value, least, most, value < least || value > most);
    }

    /** Demands a time from {@code least} to {@code most}. */
    public static void check(String key, Duration value, Duration least, Duration most) {
        check(key, value, least, most, value.compareTo(least) < 0 || value.compareTo(most) > 0);
    }

    /** Demands a size from {@code least} to {@code most}. */
    public static void check(String key, DataSize value, DataSize least, DataSize most) {
        check(key, value, least, most, value.compareTo(least) < 0 || value.compareTo(most) > 0);
    }

    private static void check(String key, Object value, Object least, Object most, boolean outside) {
        if (outside) {
            throw new IllegalArgumentException(
                    key + " has to be between " + least + " and " + most + ", not " + value);
        }
    }
}
