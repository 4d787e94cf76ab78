// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

/**
 * Integrates uploads into a history (merge rules, sections 1.2 to 1.4 and 6.4): says which entries a client has not
 * seen, in which form, merges them with what it uploaded, and names everything that changes. Changes nothing itself.
 *
 * <p>Stateless and thread-safe; but uploads of one realm must be integrated one after the other, each seeing the
 * results of those before.
 */
public final class HistoryIntegrator {
    private final long pairLimit;
    private final long operandLimit;

    /** With the default limits, of {@link Transformer#DEFAULT_PAIR_LIMIT} steps. */
    public HistoryIntegrator() {
        this(Transformer.DEFAULT_PAIR_LIMIT);
    }

    /**
     * With another limit.
     *
     * @param pairLimit pairs of instructions one upload may make to be compared before it is refused
     */
    public HistoryIntegrator(long pairLimit) {
        this(pairLimit, Transformer.DEFAULT_OPERAND_LIMIT);
    }

    /**
     * With other limits.
     *
     * @param pairLimit pairs of instructions one upload may make to be compared before it is refused
     * @param operandLimit instructions, of the upload and of an entry, that may be got ready for that before it is
     *     refused; each takes some hundred bytes of memory
     */
    public HistoryIntegrator(long pairLimit, long operandLimit) {
        this.pairLimit = pairLimit;
        this.operandLimit = operandLimit;
    }

    /**
     * Integrates one upload.
     *
     * @param before what is recorded of the client
     * @param upload what it sent, without repetitions
     * @param history of the realm, with the results of uploads that were integrated before
     * @throws MergeException if the upload is bad: nothing of it may be kept
     * @throws org.openros.changeset.MalformedChangesetException if the stored history is: the realm is damaged
     */
    public Integration integrate(ClientProgress before, Upload upload, HistoryAccess history) {
        UploadMerge merge = new UploadMerge(upload, history, pairLimit, operandLimit);
        merge.run();
        ClientProgress after = progress(before, upload);
        boolean trims = after.reciprocalBase() > before.reciprocalBase();
        return new Integration(
                merge.entries(),
                merge.formsAbove(after.reciprocalBase()),
                trims ? after.reciprocalBase() : 0,
                after,
                merge.pairSteps());
    }

    /** The reciprocal base moves only together with the client version. */
    private static ClientProgress progress(ClientProgress before, Upload upload) {
        long locked = Math.max(before.lockedServerVersion(), upload.lockedServerVersion());
        if (upload.clientVersion() <= before.clientVersion()) {
            return new ClientProgress(before.clientVersion(), before.reciprocalBase(), locked);
        }
        long base = Math.max(before.reciprocalBase(), upload.serverVersion());
        return new ClientProgress(upload.clientVersion(), base, locked);
    }
}
