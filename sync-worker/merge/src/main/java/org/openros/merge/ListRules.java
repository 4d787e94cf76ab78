// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.merge.MergeException.Code;

/**
 * Concurrent changes of one list (merge rules, section 4.6). The steps stand in the order of the rules, and later ones
 * see what earlier ones changed.
 */
final class ListRules {
    private ListRules() {}

    /**
     * A list instruction meets an update of an element or another list instruction.
     *
     * @param row stands in the matrix at or below {@code column}
     */
    static void apply(Operand row, Operand column) {
        if (!Place.sameContainer(row, column)) {
            return;
        }
        if (column.operation() == Operation.UPDATE) {
            require(!column.endsInKey(), Code.INCONSISTENT_CONTAINER, row, column);
        }
        switch (row.operation()) {
            case ARRAY_INSERT -> insert(row, column);
            case ARRAY_MOVE -> move(row, column);
            default -> erase(row, column);
        }
    }

    private static void insert(Operand insert, Operand other) {
        if (other.operation() == Operation.UPDATE) {
            insertUpdate(insert, other);
        } else {
            insertTwice(insert, other);
        }
    }

    private static void move(Operand move, Operand other) {
        switch (other.operation()) {
            case UPDATE -> moveUpdate(move, other);
            case ARRAY_INSERT -> moveInsert(move, other);
            default -> moveTwice(move, other);
        }
    }

    private static void erase(Operand erase, Operand other) {
        switch (other.operation()) {
            case UPDATE -> eraseUpdate(erase, other);
            case ARRAY_INSERT -> eraseInsert(erase, other);
            case ARRAY_MOVE -> eraseMove(erase, other);
            default -> eraseTwice(erase, other);
        }
    }

    private static void insertTwice(Operand a, Operand b) {
        requireSameSize(a, b);
        grow(a);
        grow(b);
        if (a.index() > b.index()) {
            a.setIndex(a.index() + 1);
        } else if (a.index() < b.index()) {
            b.setIndex(b.index() + 1);
        } else {
            Operand later = PairRules.later(a, b);
            later.setIndex(later.index() + 1);
        }
    }

    private static void insertUpdate(Operand insert, Operand update) {
        requireSameSize(insert, update);
        require(insert.index() <= insert.size(), Code.INDEX, insert, update);
        require(update.index() < update.size(), Code.INDEX, insert, update);
        grow(update);
        if (update.index() >= insert.index()) {
            update.setIndex(update.index() + 1);
        }
    }

    private static void eraseUpdate(Operand erase, Operand update) {
        requireSameSize(erase, update);
        requireInside(erase, update);
        shrink(update);
        if (erase.index() == update.index()) {
            update.drop();
        } else if (update.index() > erase.index()) {
            update.setIndex(update.index() - 1);
        }
    }

    private static void eraseInsert(Operand erase, Operand insert) {
        requireSameSize(erase, insert);
        require(erase.index() < erase.size(), Code.INDEX, erase, insert);
        require(insert.index() <= insert.size(), Code.INDEX, erase, insert);
        grow(erase);
        shrink(insert);
        if (insert.index() <= erase.index()) {
            erase.setIndex(erase.index() + 1);
        } else {
            insert.setIndex(insert.index() - 1);
        }
    }

    private static void eraseTwice(Operand a, Operand b) {
        requireSameSize(a, b);
        requireInside(a, b);
        shrink(a);
        shrink(b);
        if (a.index() > b.index()) {
            a.setIndex(a.index() - 1);
        } else if (a.index() < b.index()) {
            b.setIndex(b.index() - 1);
        } else {
            a.drop();
            b.drop();
        }
    }

    /** The sizes are not compared here: stock clients do not. */
    private static void moveUpdate(Operand move, Operand update) {
        requireInside(move, update);
        if (update.index() == move.index()) {
            update.setIndex(move.target());
            return;
        }
        if (update.index() > move.index()) {
            update.setIndex(update.index() - 1);
        }
        if (update.index() >= move.target()) {
            update.setIndex(update.index() + 1);
        }
    }

    /** Nothing is required here: stock clients do not. */
    private static void moveInsert(Operand move, Operand insert) {
        grow(move);
        if (insert.index() > move.index()) {
            insert.setIndex(insert.index() - 1);
        } else {
            move.setIndex(move.index() + 1);
        }
        boolean moveYields = insert.index() == move.target() && insert.isLaterThan(move);
        if (insert.index() < move.target() || moveYields) {
            move.setTarget(move.target() + 1);
        } else {
            insert.setIndex(insert.index() + 1);
        }
    }

    private static void moveTwice(Operand a, Operand b) {
        requireSameSize(a, b);
        requireInside(a, b);
        require(a.target() < a.size() && b.target() < b.size(), Code.INDEX, a, b);
        if (a.index() == b.index()) {
            moveSameElement(PairRules.earlier(a, b), PairRules.later(a, b));
        } else {
            moveDifferentElements(a, b);
        }
    }

    private static void moveSameElement(Operand earlier, Operand later) {
        earlier.drop();
        later.setIndex(earlier.target());
        dropIfPointless(later);
    }

    private static void moveDifferentElements(Operand a, Operand b) {
        if (a.index() < b.index()) {
            b.setIndex(b.index() - 1);
        } else {
            a.setIndex(a.index() - 1);
        }
        if (a.target() > b.index()) {
            a.setTarget(a.target() - 1);
        } else {
            b.setIndex(b.index() + 1);
        }
        if (a.index() < b.target()) {
            b.setTarget(b.target() - 1);
        } else {
            a.setIndex(a.index() + 1);
        }
        moveTargetsApart(a, b);
        dropIfPointless(a);
        dropIfPointless(b);
    }

    private static void moveTargetsApart(Operand a, Operand b) {
        if (a.target() < b.target()) {
            b.setTarget(b.target() + 1);
        } else if (a.target() > b.target()) {
            a.setTarget(a.target() + 1);
        } else {
            Operand later = PairRules.later(a, b);
            later.setTarget(later.target() + 1);
        }
    }

    /** The move's target is not compared with the size here: stock clients do not. */
    private static void eraseMove(Operand erase, Operand move) {
        requireSameSize(erase, move);
        requireInside(erase, move);
        shrink(move);
        if (erase.index() == move.index()) {
            erase.setIndex(move.target());
            move.drop();
            return;
        }
        if (erase.index() > move.index()) {
            erase.setIndex(erase.index() - 1);
        } else {
            move.setIndex(move.index() - 1);
        }
        if (erase.index() >= move.target()) {
            erase.setIndex(erase.index() + 1);
        } else {
            move.setTarget(move.target() - 1);
        }
        dropIfPointless(move);
    }

    private static void dropIfPointless(Operand move) {
        if (move.index() == move.target()) {
            move.drop();
        }
    }

    private static void grow(Operand operand) {
        operand.setSize(operand.size() + 1);
    }

    private static void shrink(Operand operand) {
        operand.setSize(operand.size() - 1);
    }

    private static void requireSameSize(Operand a, Operand b) {
        require(a.size() == b.size(), Code.PRIOR_SIZE, a, b);
    }

    private static void requireInside(Operand a, Operand b) {
        require(a.index() < a.size() && b.index() < b.size(), Code.INDEX, a, b);
    }

    private static void require(boolean holds, Code code, Operand a, Operand b) {
        if (!holds) {
            throw PairRules.contradiction(code, a.original(), b.original());
        }
    }
}
