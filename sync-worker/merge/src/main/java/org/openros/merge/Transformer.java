// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;
import org.openros.changeset.Instruction;
import org.openros.merge.MergeResult.Merged;

/**
 * Reconciles concurrent changesets by operational transformation: the double loop (merge rules, section 1.6), walked so
 * that only instructions that can have a rule meet.
 *
 * <p>The incoming changesets are given at the start; then the local ones pass one by one, each in its order, and
 * nothing of them is kept. Each local instruction meets the incoming ones in their order, as transformed by every local
 * instruction before it. Leaving out pairs that have no rule changes nothing, because such a pair step has no effect.
 * Results do not depend on hash order or on the clock.
 *
 * <p>Not thread-safe. After an exception the object must not be used any more.
 */
public final class Transformer {
    /**
     * Default of the largest number of pair steps of one merge. Two sides that each made 10,000 changes to one list
     * stay below it; what exceeds it would hold up a realm for many seconds.
     */
    public static final long DEFAULT_PAIR_LIMIT = 200_000_000;

    /** Default of the largest number of instructions that are got ready to meet others at a time. */
    static final long DEFAULT_OPERAND_LIMIT = 2_000_000;

    private final List<Participant> incoming;
    private final OperandIndex index = new OperandIndex();
    private final long pairLimit;
    private final long operandLimit;
    private long pairSteps;
    private long operands;

    /**
     * Prepares the incoming side.
     *
     * @param incoming in order, all with the same base
     * @param pairLimit pair steps after which the merge is given up
     */
    public Transformer(List<StampedChangeset> incoming, long pairLimit) {
        this(incoming, pairLimit, DEFAULT_OPERAND_LIMIT, Footprint.OF_EVERYTHING);
    }

    /**
     * Prepares the incoming side for local changesets that are known.
     *
     * @param operandLimit instructions that may have to be got ready, each of which takes some hundred bytes of memory
     * @param local what they touch
     */
    Transformer(List<StampedChangeset> incoming, long pairLimit, long operandLimit, Footprint local) {
        this.pairLimit = pairLimit;
        this.operandLimit = operandLimit;
        this.incoming = new ArrayList<>(incoming.size());
        int position = 0;
        for (StampedChangeset changeset : incoming) {
            Participant participant = new Participant(changeset, position);
            int i = 0;
            for (Instruction instruction : changeset.changeset().instructions()) {
                if (local.mayMeet(instruction)) {
                    index.add(enter(participant, i, instruction));
                }
                i++;
            }
            this.incoming.add(participant);
            position += i;
        }
    }

    /**
     * Merges two sides with the default limit.
     *
     * @throws MergeException if the sides contradict each other or cost too much
     */
    public static MergeResult transform(List<StampedChangeset> local, List<StampedChangeset> incoming) {
        Transformer transformer = new Transformer(incoming, DEFAULT_PAIR_LIMIT);
        List<Merged> localForms = local.stream().map(transformer::meet).toList();
        return new MergeResult(localForms, transformer.incoming(), transformer.pairSteps());
    }

    /**
     * Lets the next local changeset meet all incoming ones.
     *
     * @return its form after the incoming ones
     * @throws MergeException if the sides contradict each other or cost too much
     */
    public Merged meet(StampedChangeset local) {
        Participant participant = new Participant(local, 0);
        int i = 0;
        for (Instruction instruction : local.changeset().instructions()) {
            Candidates candidates = index.candidates(instruction);
            if (!candidates.isEmpty()) {
                meet(enter(participant, i, instruction), candidates, -1);
            }
            i++;
        }
        return participant.result();
    }

    /** The incoming changesets as transformed by all local ones so far, in order. */
    public List<Merged> incoming() {
        return incoming.stream().map(Participant::result).toList();
    }

    /** How many pairs of instructions were compared so far. */
    public long pairSteps() {
        return pairSteps;
    }

    private void meet(Operand local, Candidates candidates, long behind) {
        Operand other = candidates.next();
        while (other != null && !local.isDropped()) {
            countPairStep();
            if (!other.isDropped() && other.order() > behind) {
                meet(local, other);
            }
            other = candidates.next();
        }
    }

    private void meet(Operand local, Operand other) {
        int inFrontOfLocal = local.inFront().size();
        int inFrontOfOther = other.inFront().size();
        PairRules.meet(local, other);
        if (local.inFront().size() > inFrontOfLocal) {
            meetInserted(local.inFront().getLast(), other);
        }
        if (other.inFront().size() > inFrontOfOther) {
            index.add(other.inFront().getLast());
        }
    }

    /** What was put in front of a local operand has not met what follows: it does so at once. */
    private void meetInserted(Operand inserted, Operand cause) {
        meet(inserted, index.candidates(inserted.original()), cause.order());
    }

    private Operand enter(Participant participant, int position, Instruction instruction) {
        if (++operands > operandLimit) {
            throw new MergeException(
                    MergeException.Code.TOO_COSTLY,
                    "more than " + operandLimit + " instructions on places where others were concurrent");
        }
        return participant.enter(position, instruction);
    }

    private void countPairStep() {
        if (++pairSteps > pairLimit) {
            throw new MergeException(
                    MergeException.Code.TOO_COSTLY,
                    "more than " + pairLimit + " pairs of concurrent instructions on the same places");
        }
    }
}
