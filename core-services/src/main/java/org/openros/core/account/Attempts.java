// SPDX-License-Identifier: Apache-2.0
package org.openros.core.account;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.core.metadata.StoreUnavailableException;

/** Changes of what others may change at the same time: read, commit if it still holds, else start over. */
public final class Attempts {
    private static final int ATTEMPTS = 5;

    private Attempts() {}

    /**
     * Repeats a step until it gives a result.
     *
     * @param step reads and commits; null if the commit was refused
     * @throws StoreUnavailableException if others are quicker each time
     */
    public static <T> T untilCommitted(Supplier<@Nullable T> step) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            T result = step.get();
            if (result != null) {
                return result;
            }
        }
        throw new StoreUnavailableException("the account is being changed by others");
    }
}
