// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction.AddInteger;
import org.openros.changeset.Instruction.ArrayErase;
import org.openros.changeset.Instruction.ArrayInsert;
import org.openros.changeset.Instruction.ArrayMove;
import org.openros.changeset.Instruction.Clear;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.changeset.state.ApplyException.Reason;

/** What the path instructions do at the place they lead to (changeset format, section 2.6). */
final class TargetRules {
    private final SlotRules slots;
    private final Inverses journal;
    private final LinkCheck links;

    /** Tells whether the target of a link exists. */
    @FunctionalInterface
    interface LinkCheck {
        boolean isDangling(Value.Link link);
    }

    TargetRules(SlotRules slots, Inverses journal, LinkCheck links) {
        this.slots = slots;
        this.journal = journal;
        this.links = links;
    }

    void update(Target target, Value value) {
        switch (target) {
            case Target.Collection _ -> throw new ApplyException(Reason.BAD_PATH);
            case Target.Field field -> update(field, value);
            case Target.Element element -> update(element, value);
            case Target.Entry entry -> update(entry, value);
        }
    }

    private void update(Target.Field field, Value value) {
        Column column = field.column();
        if (value == Value.Marker.OBJECT && column.isEmbedded()) {
            if (!(field.get() instanceof Slot.Fields)) {
                field.set(embedded(column), journal);
            }
        } else if (isNested(value)) {
            nest(field, field.get(), value);
        } else {
            Value accepted = slots.accept(column, value);
            slots.checkField(column, accepted);
            store(field, field.get(), accepted);
        }
    }

    private void update(Target.Element element, Value value) {
        Column column = element.column();
        if (value == Value.Marker.OBJECT && column.isEmbedded()) {
            return;
        }
        Slot old = element.get();
        if (isNested(value)) {
            nest(element, old, value);
            return;
        }
        Value accepted = slots.accept(column, value);
        boolean isIgnored = accepted == Value.Marker.NULL
                && old instanceof Slot.Leaf(Value.Link link)
                && links.isDangling(link);
        if (!isIgnored) {
            store(element, old, accepted);
        }
    }

    private void update(Target.Entry entry, Value value) {
        checkDictionaryKey(entry.key());
        Column column = entry.column();
        Slot old = entry.find();
        if (value == Value.Marker.ERASED) {
            if (old != null) {
                entry.dictionary().remove(entry.key(), journal);
            }
        } else if (value == Value.Marker.OBJECT && column.isEmbedded()) {
            entry.set(embedded(column), journal);
        } else if (isNested(value)) {
            nest(entry, old == null ? Slot.NULL : old, value);
        } else {
            store(entry, old == null ? Slot.NULL : old, slots.accept(column, value));
        }
    }

    private static void checkDictionaryKey(ByteString key) {
        boolean isBad = key.length() > 0 && key.byteAt(0) == '$';
        for (int i = 0; i < key.length(); i++) {
            isBad |= key.byteAt(i) == '.';
        }
        if (isBad) {
            throw new ApplyException(Reason.DICTIONARY_KEY);
        }
    }

    private static boolean isNested(Value value) {
        return value == Value.Marker.LIST || value == Value.Marker.DICTIONARY;
    }

    /** Makes a mixed place a collection; one of the same kind stays as it is. */
    private void nest(Target.Place place, Slot old, Value value) {
        boolean isList = value == Value.Marker.LIST;
        if (!place.column().isMixed()) {
            throw new ApplyException(Reason.VALUE_NOT_ALLOWED_HERE);
        }
        if (isList ? !(old instanceof Slot.Elements) : !(old instanceof Slot.Entries)) {
            place.set(isList ? new Slot.Elements() : new Slot.Entries(), journal);
        }
    }

    private void store(Target.Place place, Slot old, Value accepted) {
        if (!SlotRules.keepsOld(place.column(), old, accepted)) {
            place.set(slots.slot(place.column(), accepted), journal);
        }
    }

    private static Slot embedded(Column column) {
        Table target = column.target();
        if (target == null) {
            throw new IllegalStateException("embedded objects of no class");
        }
        return new Slot.Fields(target);
    }

    void apply(Target target, AddInteger i) {
        if (!(target instanceof Target.Field field)) {
            throw new ApplyException(Reason.BAD_PATH);
        }
        if (field.get() instanceof Slot.Leaf(Value value)) {
            if (value == Value.Marker.NULL) {
                return;
            }
            if (value instanceof Value.Int number) {
                field.set(new Slot.Leaf(new Value.Int(number.value() + i.amount())), journal);
                return;
            }
        }
        throw new ApplyException(Reason.TYPE_MISMATCH);
    }

    void apply(Target target, ArrayInsert i) {
        Target.Element element = element(target);
        int size = element.list().size();
        if (element.index() > size) {
            throw new ApplyException(Reason.INDEX);
        }
        checkSize(i.priorSize(), size);
        element.list().insert((int) element.index(), inserted(element.column(), i.value()), journal);
    }

    private Slot inserted(Column column, Value value) {
        if (value == Value.Marker.OBJECT && column.isEmbedded()) {
            return embedded(column);
        }
        if (isNested(value) && column.isMixed()) {
            return value == Value.Marker.LIST ? new Slot.Elements() : new Slot.Entries();
        }
        return slots.slot(column, slots.accept(column, value));
    }

    void apply(Target target, ArrayMove i) {
        Target.Element element = element(target);
        Slot.Elements list = element.list();
        if (!element.isWithin() || i.to() >= list.size() || element.index() == i.to()) {
            throw new ApplyException(Reason.INDEX);
        }
        checkSize(i.priorSize(), list.size());
        Slot moved = list.remove((int) element.index(), journal);
        list.insert((int) i.to(), overDefault(element.column(), moved), journal);
    }

    /** Clients store a moved float or double over a fresh default, which keeps its bits if it is the same number. */
    private static Slot overDefault(Column column, Slot moved) {
        boolean isFloating = column.type() == TypeCode.FLOAT || column.type() == TypeCode.DOUBLE;
        return isFloating
                        && moved instanceof Slot.Leaf leaf
                        && SlotRules.keepsOld(column, column.elementDefault(), leaf.value())
                ? column.elementDefault()
                : moved;
    }

    void apply(Target target, ArrayErase i) {
        Target.Element element = element(target);
        if (!element.isWithin()) {
            throw new ApplyException(Reason.INDEX);
        }
        checkSize(i.priorSize(), element.list().size());
        element.list().remove((int) element.index(), journal);
    }

    private static Target.Element element(Target target) {
        if (target instanceof Target.Element element) {
            return element;
        }
        throw new ApplyException(Reason.BAD_PATH);
    }

    private static void checkSize(long priorSize, int size) {
        if (priorSize != size) {
            throw new ApplyException(Reason.PRIOR_SIZE);
        }
    }

    void apply(Target target, Clear i) {
        switch (target) {
            case Target.Collection collection -> {
                if (i.collection() != CollectionType.SINGLE
                        && i.collection() != collection.column().collection()) {
                    throw new ApplyException(Reason.COLLECTION_TYPE);
                }
                clear(collection.content());
            }
            case Target.Place place -> clear(place, i.collection());
        }
    }

    private void clear(Slot collection) {
        switch (collection) {
            case Slot.Elements list -> list.clear(journal);
            case Slot.Entries dictionary -> dictionary.clear(journal);
            case Slot.Members set -> set.clear(journal);
            case Slot.Leaf _, Slot.Fields _ -> throw new IllegalStateException("not a collection");
        }
    }

    /** Makes a mixed place an empty collection, whatever it was. */
    private void clear(Target.Place place, CollectionType collection) {
        if (!place.column().isMixed()) {
            throw new ApplyException(Reason.BAD_PATH);
        }
        place.get();
        switch (collection) {
            case SINGLE -> throw new ApplyException(Reason.COLLECTION_TYPE);
            case SET -> throw new ApplyException(Reason.VALUE_NOT_ALLOWED_HERE);
            case LIST -> place.set(new Slot.Elements(), journal);
            case DICTIONARY -> place.set(new Slot.Entries(), journal);
        }
    }

    void setInsert(Target target, Value value) {
        Slot.Members set = set(target);
        Value accepted = slots.accept(target.column(), value);
        set.insert(slots.slot(target.column(), accepted).value(), journal);
    }

    void setErase(Target target, Value value) {
        Slot.Members set = set(target);
        set.erase(slots.accept(target.column(), value), journal);
    }

    private static Slot.Members set(Target target) {
        if (target instanceof Target.Collection(Slot.Fields _, Column _, Slot.Members set)) {
            return set;
        }
        throw new ApplyException(Reason.BAD_PATH);
    }
}
