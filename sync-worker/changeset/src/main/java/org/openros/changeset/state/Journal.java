// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Remembers how to take changes back, the last one first. Every change of the state leaves its inverse here, so that a
 * changeset that turns out bad in the middle costs only what it did.
 */
final class Journal implements Inverses {
    private final List<Runnable> inverses = new ArrayList<>();

    @Override
    public void onUndo(Runnable inverse) {
        inverses.add(inverse);
    }

    /** A point to come back to. */
    int mark() {
        return inverses.size();
    }

    void undoTo(int mark) {
        while (inverses.size() > mark) {
            inverses.removeLast().run();
        }
    }

    /** Makes everything so far permanent. */
    void clear() {
        inverses.clear();
    }
}
