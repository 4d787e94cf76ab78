// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.CollectionType;
import io.realm.kotlin.internal.interop.realm_value_t;
import io.realm.kotlin.internal.interop.realmc;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An object of a realm, valid as long as its view. */
public final class RealmObject {
    private final RealmView view;
    private final Schema.Type type;
    private final long handle;

    RealmObject(RealmView view, Schema.Type type, long handle) {
        this.view = view;
        this.type = type;
        this.handle = handle;
    }

    long handle() {
        return handle;
    }

    Schema.Type type() {
        return type;
    }

    /** Its primary key, as a property's value. */
    public Object primaryKey() {
        return Objects.requireNonNull(get(Schema.KEY));
    }

    private long key(String property) {
        return view.keys().property(type, property);
    }

    /** The value of a property; a collection inside a mixed property is read whole. */
    public @Nullable Object get(String property) {
        realm_value_t out = new realm_value_t();
        realmc.realm_get_value(handle, key(property), out);
        Object value = view.codec().toJava(out);
        return value instanceof ValueCodec.Container container ? nested(container, property) : value;
    }

    private Object nested(ValueCodec.Container container, String property) {
        return switch (container) {
            case LIST -> list(property).content();
            case DICTIONARY -> dictionary(property).content();
        };
    }

    /** Sets a property. */
    public RealmObject set(String property, @Nullable Object value) {
        view.codec().with(value, v -> realmc.realm_set_value(handle, key(property), v, false));
        return this;
    }

    /** Adds to an integer, which merges with what others add. */
    public RealmObject add(String property, long amount) {
        realmc.realm_object_add_int(handle, key(property), amount);
        return this;
    }

    /** The embedded object of a property, or null. */
    public @Nullable RealmObject embedded(String property) {
        return get(property) instanceof RealmObject part ? part : null;
    }

    /** Puts a new embedded object into a property. */
    public RealmObject embed(String property) {
        return view.object(realmc.realm_set_embedded(handle, key(property)));
    }

    /** The list of a property. */
    public RealmList list(String property) {
        return new RealmList(view, view.handles().own(realmc.realm_get_list(handle, key(property))));
    }

    /** The set of a property. */
    public RealmSet set(String property) {
        return new RealmSet(view, view.handles().own(realmc.realm_get_set(handle, key(property))));
    }

    /** The dictionary of a property. */
    public RealmDictionary dictionary(String property) {
        return new RealmDictionary(view, view.handles().own(realmc.realm_get_dictionary(handle, key(property))));
    }

    /** Puts an empty list into a mixed property. */
    public RealmList nestList(String property) {
        return new RealmList(view, view.handles().own(realmc.realm_set_list(handle, key(property))));
    }

    /** Puts an empty dictionary into a mixed property. */
    public RealmDictionary nestDictionary(String property) {
        return new RealmDictionary(view, view.handles().own(realmc.realm_set_dictionary(handle, key(property))));
    }

    /** Deletes the object. */
    public void delete() {
        realmc.realm_object_delete(handle);
    }

    /** All properties; embedded objects in place of the links to them. */
    Map<String, Object> content() {
        Map<String, Object> content = new TreeMap<>();
        for (Schema.Property property : type.properties()) {
            Object value = content(property);
            if (value != null) {
                content.put(property.name(), value);
            }
        }
        return content;
    }

    private @Nullable Object content(Schema.Property property) {
        return switch (property.collection()) {
            case CollectionType.RLM_COLLECTION_TYPE_LIST -> list(property.name()).content();
            case CollectionType.RLM_COLLECTION_TYPE_SET -> set(property.name()).content();
            case CollectionType.RLM_COLLECTION_TYPE_DICTIONARY -> dictionary(property.name()).content();
            case CollectionType.RLM_COLLECTION_TYPE_NONE -> plain(get(property.name()));
            default -> throw new IllegalStateException("unknown kind of collection " + property);
        };
    }

    static @Nullable Object plain(@Nullable Object value) {
        return value instanceof RealmObject part ? part.content() : value;
    }
}
