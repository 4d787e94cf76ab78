// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.openros.domain.FileIdent;

/**
 * A parsed changeset.
 *
 * @param strings the string table in index order; a server keeps it as the client made it, unused strings too
 * @param instructions in order of application
 */
public record Changeset(List<ByteString> strings, List<Instruction> instructions) {
    /** No instructions: what is left of a changeset that lost every conflict. */
    public static final Changeset EMPTY = new Changeset(List.of(), List.of());

    /** Whether nothing is left to apply. */
    public boolean isEmpty() {
        return instructions.isEmpty();
    }

    /**
     * Replaces the creator 0 ("mine") in generated object keys, those of links too, by the identifier of the client
     * file that sent the changeset (changeset format, section 5). Returns this changeset if there is nothing to
     * replace.
     */
    public Changeset withOwner(FileIdent sender) {
        if (!lacksOwner()) {
            return this;
        }
        Ownership ownership = new Ownership(sender.value());
        if (instructions instanceof EncodedInstructions encoded) {
            return new Changeset(strings, encoded.with(ownership));
        }
        List<Instruction> owned = new ArrayList<>(instructions.size());
        for (Instruction instruction : instructions) {
            owned.add(Ownership.isMissing(instruction) ? ownership.of(instruction) : instruction);
        }
        return new Changeset(strings, Collections.unmodifiableList(owned));
    }

    private boolean lacksOwner() {
        for (Instruction instruction : instructions) {
            if (Ownership.isMissing(instruction)) {
                return true;
            }
        }
        return false;
    }
}
