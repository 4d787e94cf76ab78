// SPDX-License-Identifier: Apache-2.0
package org.openros.history.check;

import java.time.Duration;

/**
 * What a run owes.
 *
 * @param acknowledge longest wait of a realm's uploads without any acknowledgement, invariant I10; counted anew from
 *     each begin and end of a fault, and not while a fault excuses it
 * @param resets whether clients may be told to reset their files: only in runs in which an operator gives data up
 */
public record Limits(Duration acknowledge, boolean resets) {
    /** 10 s, and no resets. */
    public static final Limits PROTOCOL = new Limits(Duration.ofSeconds(10), false);
}
