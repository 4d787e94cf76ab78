// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A list whose elements are made when they are asked for, one after the other, and are not kept. To ask for one behind
 * the last one goes on from there; to go back starts over. Each iterator has a place of its own. Not thread-safe.
 */
public abstract class WalkedList<E> extends AbstractList<E> {
    private @Nullable Iterator<E> walk;
    private int next;

    /** Walks through the list from its beginning. */
    @Override
    public abstract Iterator<E> iterator();

    @Override
    public E get(int index) {
        Objects.checkIndex(index, size());
        if (walk == null || index < next) {
            walk = iterator();
            next = 0;
        }
        for (; next < index; next++) {
            walk.next();
        }
        next++;
        return walk.next();
    }
}
