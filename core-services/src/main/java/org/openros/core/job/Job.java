// SPDX-License-Identifier: Apache-2.0
package org.openros.core.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is kept.
 *
 * @param id 24 hexadecimal digits, which sort by age
 * @param type which work it is
 * @param target what it is done to
 * @param creator who began it
 * @param done of {@code total}, in {@code unit}; both 0 as long as nobody knows
 * @param isCancelled whether it was told to stop
 * @param runner the process that works on it; null before one does
 * @param beat rises as long as the runner lives
 * @param error why it failed
 * @param result a JSON object as text
 */
public record Job(
        String id,
        String type,
        String target,
        String creator,
        JobState state,
        long done,
        long total,
        String unit,
        boolean isCancelled,
        @Nullable String runner,
        long beat,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String error,
        @Nullable String result) {}
