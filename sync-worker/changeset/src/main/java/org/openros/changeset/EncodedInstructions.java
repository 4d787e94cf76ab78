// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The instructions of a large changeset, kept as its bytes. */
final class EncodedInstructions extends WalkedList<Instruction> {
    private final byte[] bytes;
    private final DeclaredStrings strings;
    private final int size;
    private final @Nullable Ownership ownership;

    /**
     * Instructions of bytes that were found to be well-formed.
     *
     * @param strings all that they declare
     */
    EncodedInstructions(byte[] bytes, DeclaredStrings strings, int size) {
        this(bytes, strings, size, null);
    }

    private EncodedInstructions(byte[] bytes, DeclaredStrings strings, int size, @Nullable Ownership ownership) {
        this.bytes = bytes;
        this.strings = strings;
        this.size = size;
        this.ownership = ownership;
    }

    /** The same with a creator put in where it is missing. */
    EncodedInstructions with(Ownership creator) {
        return new EncodedInstructions(bytes, strings, size, creator);
    }

    /** How many bytes they take. */
    int length() {
        return bytes.length;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Iterator<Instruction> iterator() {
        return new Reader();
    }

    private final class Reader implements Iterator<Instruction> {
        private final ChangesetParser parser = ChangesetParser.again(bytes, strings);
        private int next;

        @Override
        public boolean hasNext() {
            return next < size;
        }

        @Override
        public Instruction next() {
            Instruction found = parser.next();
            if (found == null) {
                throw new NoSuchElementException();
            }
            next++;
            return ownership != null && Ownership.isMissing(found) ? ownership.of(found) : found;
        }
    }
}
