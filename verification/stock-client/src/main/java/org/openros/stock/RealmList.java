// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.realm_value_t;
import io.realm.kotlin.internal.interop.realmc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of a realm, valid as long as its view. */
public final class RealmList {
    private final RealmView view;
    private final long handle;

    RealmList(RealmView view, long handle) {
        this.view = view;
        this.handle = handle;
    }

    /** The number of elements. */
    public int size() {
        long[] size = new long[1];
        realmc.realm_list_size(handle, size);
        return (int) size[0];
    }

    /** Inserts before the element at the index. */
    public RealmList insert(int index, @Nullable Object value) {
        view.codec().with(value, v -> realmc.realm_list_insert(handle, index, v));
        return this;
    }

    /** Appends. */
    public RealmList add(@Nullable Object value) {
        return insert(size(), value);
    }

    /** Replaces an element. */
    public void set(int index, @Nullable Object value) {
        view.codec().with(value, v -> realmc.realm_list_set(handle, index, v));
    }

    /** Moves an element. */
    public void move(int from, int to) {
        realmc.realm_list_move(handle, from, to);
    }

    /** Removes an element. */
    public void remove(int index) {
        realmc.realm_list_erase(handle, index);
    }

    /** Removes all elements. */
    public void clear() {
        realmc.realm_list_clear(handle);
    }

    /** Inserts a new embedded object. */
    public RealmObject embed(int index) {
        return view.object(realmc.realm_list_insert_embedded(handle, index));
    }

    /** Replaces an element by a new embedded object. */
    public RealmObject replaceEmbedded(int index) {
        return view.object(realmc.realm_list_set_embedded(handle, index));
    }

    /** The embedded object at the index. */
    public RealmObject embedded(int index) {
        return view.object(realmc.realm_list_get_linked_object(handle, index));
    }

    /** Inserts an empty list. */
    public RealmList nestList(int index) {
        return new RealmList(view, view.handles().own(realmc.realm_list_insert_list(handle, index)));
    }

    /** Inserts an empty dictionary. */
    public RealmDictionary nestDictionary(int index) {
        return new RealmDictionary(view, view.handles().own(realmc.realm_list_insert_dictionary(handle, index)));
    }

    /** All elements. */
    public List<@Nullable Object> content() {
        List<@Nullable Object> content = new ArrayList<>();
        int size = size();
        for (int i = 0; i < size; i++) {
            content.add(element(i));
        }
        return content;
    }

    private @Nullable Object element(int index) {
        realm_value_t out = new realm_value_t();
        realmc.realm_list_get(handle, index, out);
        Object value = view.codec().toJava(out);
        if (!(value instanceof ValueCodec.Container container)) {
            return RealmObject.plain(value);
        }
        return switch (container) {
            case LIST -> new RealmList(view, view.handles().own(realmc.realm_list_get_list(handle, index))).content();
            case DICTIONARY ->
                    new RealmDictionary(view, view.handles().own(realmc.realm_list_get_dictionary(handle, index)))
                            .content();
        };
    }
}
