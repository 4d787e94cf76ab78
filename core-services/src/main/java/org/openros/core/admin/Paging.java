// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.problem.Problem;

/**
 * Which part of a list is wanted.
 *
 * @param limit how many at most, 1 to {@value #MAX}
 * @param after the key of the last one that the caller has; null to start
 */
record Paging(int limit, @Nullable String after) {
    /** The largest part. */
    static final int MAX = 500;

    /** Reads the parameters {@code limit} and {@code cursor}; bad ones end in an error reply. */
    static Paging of(int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX) {
            throw Problem.invalid("limit", "is 1 to " + MAX);
        }
        return new Paging(limit, cursor == null ? null : key(cursor));
    }

    private static String key(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("cursor", "is not one that this server gave");
        }
    }

    /** The cursor of a key: opaque to clients. */
    static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A part of a list.
     *
     * @param nextCursor to ask for the next part with; null at the end
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Page<T>(List<T> items, @Nullable String nextCursor) {
        /** The part, and what key its last element has if there may be more. */
        static <T> Page<T> of(List<T> items, @Nullable String last) {
            return new Page<>(items, last == null ? null : cursor(last));
        }
    }
}
