// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A list of slots in blocks, so that many changes at the front of a very long list do not move all of it each time. A
 * short list is one block.
 */
final class SlotList {
    /** A block that grows beyond this is halved. */
    private static final int MAX_BLOCK = 1_024;

    private final List<List<Slot>> blocks = new ArrayList<>(1);
    private int size;
    /** Index within the block that was located last. */
    private int offset;

    int size() {
        return size;
    }

    Slot get(int index) {
        Objects.checkIndex(index, size);
        return blocks.get(locate(index)).get(offset);
    }

    /** Replaces a slot; returns the one that was there. */
    Slot set(int index, Slot slot) {
        Objects.checkIndex(index, size);
        return blocks.get(locate(index)).set(offset, slot);
    }

    void add(Slot slot) {
        add(size, slot);
    }

    void add(int index, Slot slot) {
        Objects.checkIndex(index, size + 1);
        if (blocks.isEmpty()) {
            blocks.add(new ArrayList<>());
        }
        int at = locate(index);
        List<Slot> block = blocks.get(at);
        block.add(offset, slot);
        size++;
        if (block.size() > MAX_BLOCK) {
            halve(at, block);
        }
    }

    private void halve(int at, List<Slot> block) {
        List<Slot> tail = block.subList(MAX_BLOCK / 2, block.size());
        blocks.add(at + 1, new ArrayList<>(tail));
        tail.clear();
    }

    Slot remove(int index) {
        Objects.checkIndex(index, size);
        int at = locate(index);
        List<Slot> block = blocks.get(at);
        Slot removed = block.remove(offset);
        size--;
        if (block.isEmpty()) {
            blocks.remove(at);
        }
        return removed;
    }

    void forEach(Consumer<Slot> action) {
        blocks.forEach(block -> block.forEach(action));
    }

    /** The block that holds an index; the end of the list belongs to the last one. Sets {@link #offset}. */
    private int locate(int index) {
        int at = 0;
        int rest = index;
        int last = blocks.size() - 1;
        while (at < last && rest >= blocks.get(at).size()) {
            rest -= blocks.get(at).size();
            at++;
        }
        offset = rest;
        return at;
    }
}
