// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that wait in the whole gateway. Small amounts that are under way need not be told. Thread-safe. */
final class BufferedBytes {
    private final long limit;
    private final AtomicLong bytes = new AtomicLong();

    BufferedBytes(long limit) {
        this.limit = limit;
    }

    /** More bytes wait, or fewer if negative. */
    void change(long difference) {
        if (difference != 0) {
            bytes.addAndGet(difference);
        }
    }

    long count() {
        return bytes.get();
    }

    boolean isExceeded() {
        return bytes.get() > limit;
    }
}
