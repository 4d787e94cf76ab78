// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.realm_value_t;
import io.realm.kotlin.internal.interop.realmc;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A dictionary of a realm, valid as long as its view. */
public final class RealmDictionary {
    private final RealmView view;
    private final long handle;

    RealmDictionary(RealmView view, long handle) {
        this.view = view;
        this.handle = handle;
    }

    /** Sets the value of a key. */
    public RealmDictionary put(String key, @Nullable Object value) {
        view.codec().with(key, k -> view.codec().with(value,
                v -> realmc.realm_dictionary_insert(handle, k, v, new long[1], new boolean[1])));
        return this;
    }

    /** Puts a new embedded object under a key. */
    public RealmObject embed(String key) {
        return view.object(view.codec().with(key, k -> realmc.realm_dictionary_insert_embedded(handle, k)));
    }

    /** The embedded object under a key, or null. */
    public @Nullable RealmObject embedded(String key) {
        long part = view.codec().with(key, k -> realmc.realm_dictionary_get_linked_object(handle, k));
        return part == 0 ? null : view.object(part);
    }

    /** Puts an empty list under a key. */
    public RealmList nestList(String key) {
        return list(view.codec().with(key, k -> realmc.realm_dictionary_insert_list(handle, k)));
    }

    /** Puts an empty dictionary under a key. */
    public RealmDictionary nestDictionary(String key) {
        return dictionary(view.codec().with(key, k -> realmc.realm_dictionary_insert_dictionary(handle, k)));
    }

    /** Removes a key. */
    public void remove(String key) {
        view.codec().with(key, k -> realmc.realm_dictionary_erase(handle, k, new boolean[1]));
    }

    /** Removes all keys. */
    public void clear() {
        realmc.realm_dictionary_clear(handle);
    }

    /** All entries. */
    public Map<String, @Nullable Object> content() {
        long[] size = new long[1];
        realmc.realm_dictionary_size(handle, size);
        Map<String, @Nullable Object> content = new HashMap<>();
        for (long i = 0; i < size[0]; i++) {
            realm_value_t key = new realm_value_t();
            realm_value_t value = new realm_value_t();
            realmc.realm_dictionary_get(handle, i, key, value);
            String name = Objects.requireNonNull(key.getString());
            content.put(name, plain(name, view.codec().toJava(value)));
        }
        return content;
    }

    private @Nullable Object plain(String key, @Nullable Object value) {
        if (!(value instanceof ValueCodec.Container container)) {
            return RealmObject.plain(value);
        }
        return switch (container) {
            case LIST -> list(view.codec().with(key, k -> realmc.realm_dictionary_get_list(handle, k))).content();
            case DICTIONARY ->
                    dictionary(view.codec().with(key, k -> realmc.realm_dictionary_get_dictionary(handle, k)))
                            .content();
        };
    }

    private RealmList list(long nested) {
        return new RealmList(view, view.handles().own(nested));
    }

    private RealmDictionary dictionary(long nested) {
        return new RealmDictionary(view, view.handles().own(nested));
    }
}
