// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Reads entries one at a time; an entry consumes some bytes of the body, so the number of steps is bounded. */
final class EntryReader<E> implements Iterator<E> {
    private final ByteCursor body;
    private final Function<ByteCursor, E> step;

    EntryReader(ByteCursor body, Function<ByteCursor, E> step) {
        this.body = body;
        this.step = step;
    }

    @Override
    public boolean hasNext() {
        return !body.atEnd();
    }

    @Override
    public E next() {
        if (body.atEnd()) {
            throw new NoSuchElementException();
        }
        return step.apply(body);
    }
}
