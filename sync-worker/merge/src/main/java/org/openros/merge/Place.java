// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.changeset.PathElement;

/** How the addresses of two operands relate (merge rules, section 2.2). */
final class Place {
    private Place() {}

    static boolean sameTable(Operand a, Operand b) {
        return a.table().equals(b.table());
    }

    /** For instructions on objects only. */
    static boolean sameObject(Operand a, Operand b) {
        return sameTable(a, b) && a.key().equals(b.key());
    }

    /** For path instructions only, like everything below. */
    static boolean sameField(Operand a, Operand b) {
        return sameObject(a, b) && a.field().equals(b.field());
    }

    static boolean samePath(Operand a, Operand b) {
        return a.pathLength() == b.pathLength() && sameElements(a, b, a.pathLength()) && sameField(a, b);
    }

    static boolean sameContainer(Operand a, Operand b) {
        return a.pathLength() == b.pathLength() && sameElements(a, b, a.pathLength() - 1) && sameField(a, b);
    }

    /** Whether the outer operand's whole path starts the longer path of the inner one. */
    static boolean isAbove(Operand outer, Operand inner) {
        int length = outer.pathLength();
        return length < inner.pathLength() && sameElements(outer, inner, length) && sameField(outer, inner);
    }

    /** Whether the inner operand's longer path leads through the container that the outer one acts on. */
    static boolean containerIsAbove(Operand outer, Operand inner) {
        int length = outer.pathLength();
        return length > 0
                && length < inner.pathLength()
                && sameElements(outer, inner, length - 1)
                && sameField(outer, inner);
    }

    private static boolean sameElements(Operand a, Operand b, int count) {
        for (int i = 0; i < count; i++) {
            PathElement element = a.element(i);
            if (!element.equals(b.element(i))) {
                return false;
            }
        }
        return true;
    }
}
