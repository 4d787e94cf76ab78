// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import org.openros.merge.HistoryIntegrator;
import org.openros.merge.Transformer;

/**
 * How much of the heap of a worker may be in use for work in progress, whatever clients do. Large uploads wait until
 * there is room for them, as do large downloads; and nothing more is taken from clients while too much is on its way to
 * the disk. Thread-safe.
 */
public final class WorkMemory {
    /** What a worker takes without any work, roughly. */
    private static final long AT_REST = 48L << 20;

    private static final long LEAST = 24L << 20;

    /** Messages, downloads, and what is not committed, take a share each beside uploads. */
    private static final int SHARES = 4;

    /** What an instruction that has to be merged with concurrent ones takes at most, with all that comes of it. */
    private static final int OPERAND = 1_000;

    private final HistoryIntegrator integrator;
    private final MemoryBudget messages;
    private final MemoryBudget uploads;
    private final MemoryBudget downloads;
    private final MemoryBudget uncommitted;

    /**
     * Memory for work.
     *
     * @param bytes for large uploads; a quarter of it, each, for the others
     */
    public WorkMemory(long bytes) {
        integrator = new HistoryIntegrator(Transformer.DEFAULT_PAIR_LIMIT, bytes / OPERAND);
        messages = new MemoryBudget(bytes / SHARES);
        uploads = new MemoryBudget(bytes);
        downloads = new MemoryBudget(bytes / SHARES);
        uncommitted = new MemoryBudget(bytes / SHARES);
    }

    /** The bytes that fit the largest heap of this process: three fifths of what is left beside a worker at rest. */
    public static long ofHeap() {
        return ofHeap(Runtime.getRuntime().maxMemory());
    }

    static long ofHeap(long heap) {
        return Math.max(LEAST, (heap - AT_REST) * 3 / 5);
    }

    /** Merges uploads as far as there is memory for that. */
    HistoryIntegrator integrator() {
        return integrator;
    }

    /** For messages of clients that are large: on their way to the session, or waiting with it. */
    public MemoryBudget messages() {
        return messages;
    }

    /** For uploads that need more than a moment's worth of memory. */
    public MemoryBudget uploads() {
        return uploads;
    }

    /** For messages to clients that are larger than what a connection takes at once. */
    public MemoryBudget downloads() {
        return downloads;
    }

    /** What small uploads and transactions have added and is not committed. */
    public MemoryBudget uncommitted() {
        return uncommitted;
    }
}
