// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.List;

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
}
