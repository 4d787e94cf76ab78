// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.realm_class_info_t;
import io.realm.kotlin.internal.interop.realm_link_t;
import io.realm.kotlin.internal.interop.realm_property_info_t;
import io.realm.kotlin.internal.interop.realmc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.stock.Values.Link;

/** The objects of a realm during one read or write. What it hands out is invalid afterwards. */
public final class RealmView {
    /** The numbers that stand for classes and properties in one realm file. */
    static final class Keys {
        private final Map<String, Long> types = new HashMap<>();
        private final Map<Long, Schema.Type> typesByKey = new HashMap<>();
        private final Map<String, Long> properties = new HashMap<>();

        Keys(long realm) {
            Schema.TYPES.forEach(type -> add(realm, type));
        }

        private void add(long realm, Schema.Type type) {
            boolean[] found = new boolean[1];
            realm_class_info_t info = new realm_class_info_t();
            realmc.realm_find_class(realm, type.name(), found, info);
            types.put(type.name(), info.getKey());
            typesByKey.put(info.getKey(), type);
            for (Schema.Property property : type.properties()) {
                realm_property_info_t propertyInfo = new realm_property_info_t();
                realmc.realm_find_property(realm, info.getKey(), property.name(), found, propertyInfo);
                properties.put(type.name() + "." + property.name(), propertyInfo.getKey());
            }
        }

        long type(String name) {
            return known(types.get(name), name);
        }

        Schema.Type type(long key) {
            return known(typesByKey.get(key), key);
        }

        long property(Schema.Type type, String name) {
            return known(properties.get(type.name() + "." + name), name);
        }

        private static <T> T known(@Nullable T value, Object name) {
            if (value == null) {
                throw new IllegalArgumentException("not in the schema: " + name);
            }
            return value;
        }
    }

    private final long realm;
    private final Keys keys;
    private final Handles handles;
    private final ValueCodec codec = new ValueCodec(this);

    RealmView(long realm, Keys keys, Handles handles) {
        this.realm = realm;
        this.keys = keys;
        this.handles = handles;
    }

    Keys keys() {
        return keys;
    }

    Handles handles() {
        return handles;
    }

    ValueCodec codec() {
        return codec;
    }

    RealmObject object(long handle) {
        return new RealmObject(this, keys.type(realmc.realm_object_get_table(handle)), handles.own(handle));
    }

    /** How many objects there are of a class. */
    public long count(String type) {
        long[] result = new long[1];
        realmc.realm_get_num_objects(realm, keys.type(type), result);
        return result[0];
    }

    /** The object with that primary key, or null. */
    public @Nullable RealmObject find(String type, Object primaryKey) {
        long handle = codec.with(primaryKey, key ->
                realmc.realm_object_find_with_primary_key(realm, keys.type(type), key, new boolean[1]));
        return handle == 0 ? null : object(handle);
    }

    /** The object with that primary key, which is there. */
    public RealmObject get(String type, Object primaryKey) {
        RealmObject object = find(type, primaryKey);
        if (object == null) {
            throw new IllegalStateException("no " + type + " " + primaryKey);
        }
        return object;
    }

    /** The object with that primary key, created if it is not there. */
    public RealmObject findOrCreate(String type, Object primaryKey) {
        return object(codec.with(primaryKey, key ->
                realmc.realm_object_get_or_create_with_primary_key(realm, keys.type(type), key, new boolean[1])));
    }

    /** All objects of a class. */
    public List<RealmObject> all(String type) {
        long results = handles.own(realmc.realm_object_find_all(realm, keys.type(type)));
        long[] size = new long[1];
        realmc.realm_results_count(results, size);
        List<RealmObject> objects = new ArrayList<>();
        for (long i = 0; i < size[0]; i++) {
            objects.add(object(realmc.realm_results_get_object(results, i)));
        }
        return objects;
    }

    /** A {@link Link}, or the object itself if it is embedded. */
    Object linked(realm_link_t link) {
        RealmObject target = object(realmc.realm_get_object(realm, link.getTarget_table(), link.getTarget()));
        return target.type().embedded() ? target : new Link(target.type().name(), target.primaryKey());
    }

    /** Everything in the realm, equal on two devices exactly if they hold the same. */
    public Map<String, Map<Object, Object>> content() {
        Map<String, Map<Object, Object>> content = new HashMap<>();
        for (Schema.Type type : Schema.TYPES) {
            if (!type.embedded()) {
                content.put(type.name(), content(type.name()));
            }
        }
        return content;
    }

    /** The objects of a class by primary key. */
    Map<Object, Object> content(String type) {
        Map<Object, Object> objects = new HashMap<>();
        all(type).forEach(object -> objects.put(object.primaryKey(), object.content()));
        return objects;
    }
}
