// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import org.openros.changeset.Instruction;
import org.openros.changeset.WalkedList;

/**
 * A long list of instructions some of which were replaced, each by any number of others. Keeps nothing of the rest, so
 * that a merge that touches few instructions of many costs no more than those.
 */
final class EditedInstructions extends WalkedList<Instruction> {
    private final List<Instruction> before;
    private final NavigableMap<Integer, List<Instruction>> replaced;
    private final int size;

    /**
     * A list with replacements.
     *
     * @param replaced what stands for the instruction at a position; both are not modified any more
     */
    EditedInstructions(List<Instruction> before, NavigableMap<Integer, List<Instruction>> replaced) {
        this.before = before;
        this.replaced = replaced;
        this.size = before.size() - replaced.size()
                + replaced.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<Instruction> iterator() {
        return new Walk();
    }

    private final class Walk implements Iterator<Instruction> {
        private final Iterator<Instruction> originals = before.iterator();
        private Iterator<Instruction> replacement = List.<Instruction>of().iterator();
        private int position;
        private int done;

        @Override
        public boolean hasNext() {
            return done < size;
        }

        @Override
        public Instruction next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            done++;
            while (!replacement.hasNext()) {
                Instruction original = originals.next();
                List<Instruction> instead = replaced.get(position++);
                if (instead == null) {
                    return original;
                }
                replacement = instead.iterator();
            }
            return replacement.next();
        }
    }
}
