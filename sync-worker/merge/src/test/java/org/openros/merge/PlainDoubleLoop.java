// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;

/** The double loop as the rules tell it, every pair included: what the index must not change. */
final class PlainDoubleLoop {
    private final List<Operand> incoming = new ArrayList<>();

    private PlainDoubleLoop() {}

    static MergeResult transform(List<StampedChangeset> local, List<StampedChangeset> incoming) {
        PlainDoubleLoop loop = new PlainDoubleLoop();
        List<Operand> outer = new ArrayList<>();
        List<Participant> left = enter(local, outer);
        List<Participant> right = enter(incoming, loop.incoming);
        outer.forEach(operand -> loop.meet(operand, 0));
        return new MergeResult(
                left.stream().map(Participant::result).toList(),
                right.stream().map(Participant::result).toList(),
                0);
    }

    private static List<Participant> enter(List<StampedChangeset> changesets, List<Operand> operands) {
        List<Participant> participants = new ArrayList<>();
        for (StampedChangeset changeset : changesets) {
            Participant participant = new Participant(changeset, operands.size());
            int size = changeset.changeset().instructions().size();
            for (int i = 0; i < size; i++) {
                operands.add(participant.enter(i, changeset.changeset().instructions().get(i)));
            }
            participants.add(participant);
        }
        return participants;
    }

    private void meet(Operand local, int from) {
        for (int i = from; i < incoming.size() && !local.isDropped(); i++) {
            Operand other = incoming.get(i);
            if (!other.isDropped()) {
                int before = local.inFront().size();
                int beforeOther = other.inFront().size();
                PairRules.meet(local, other);
                if (local.inFront().size() > before) {
                    meet(local.inFront().getLast(), i + 1);
                }
                if (other.inFront().size() > beforeOther) {
                    incoming.add(i, other.inFront().getLast());
                    i++;
                }
            }
        }
    }
}
