// SPDX-License-Identifier: Apache-2.0
package org.openros.stock;

import io.realm.kotlin.internal.interop.ClassInfo;
import io.realm.kotlin.internal.interop.CollectionType;
import io.realm.kotlin.internal.interop.PropertyInfo;
import io.realm.kotlin.internal.interop.PropertyType;
import java.util.List;
import kotlin.Pair;
import org.jspecify.annotations.Nullable;

import static io.realm.kotlin.internal.interop.CollectionType.RLM_COLLECTION_TYPE_DICTIONARY;
import static io.realm.kotlin.internal.interop.CollectionType.RLM_COLLECTION_TYPE_LIST;
import static io.realm.kotlin.internal.interop.CollectionType.RLM_COLLECTION_TYPE_NONE;
import static io.realm.kotlin.internal.interop.CollectionType.RLM_COLLECTION_TYPE_SET;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_BINARY;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_BOOL;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_DECIMAL128;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_DOUBLE;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_FLOAT;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_INT;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_MIXED;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_OBJECT;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_OBJECT_ID;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_STRING;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_TIMESTAMP;
import static io.realm.kotlin.internal.interop.PropertyType.RLM_PROPERTY_TYPE_UUID;

/**
 * The classes the tests sync: a type of primary key each, a property of every type, every kind of collection.
 * The names are those an app could use; {@code _id} is the one the SDKs demand for a primary key.
 */
final class Schema {
    /** The name of all primary keys. */
    static final String KEY = "_id";

    static final List<Type> TYPES = List.of(
            new Type("Item", false, List.of(
                    key(RLM_PROPERTY_TYPE_STRING),
                    one("text", RLM_PROPERTY_TYPE_STRING, true),
                    one("count", RLM_PROPERTY_TYPE_INT, false),
                    one("optCount", RLM_PROPERTY_TYPE_INT, true),
                    one("done", RLM_PROPERTY_TYPE_BOOL, false),
                    one("ratio", RLM_PROPERTY_TYPE_DOUBLE, false),
                    one("weight", RLM_PROPERTY_TYPE_FLOAT, true),
                    one("due", RLM_PROPERTY_TYPE_TIMESTAMP, true),
                    one("oid", RLM_PROPERTY_TYPE_OBJECT_ID, true),
                    one("uuid", RLM_PROPERTY_TYPE_UUID, true),
                    one("price", RLM_PROPERTY_TYPE_DECIMAL128, true),
                    one("bytes", RLM_PROPERTY_TYPE_BINARY, true),
                    one("any", RLM_PROPERTY_TYPE_MIXED, true),
                    many("ints", RLM_COLLECTION_TYPE_LIST, RLM_PROPERTY_TYPE_INT, false),
                    many("names", RLM_COLLECTION_TYPE_LIST, RLM_PROPERTY_TYPE_STRING, true),
                    many("anys", RLM_COLLECTION_TYPE_LIST, RLM_PROPERTY_TYPE_MIXED, true),
                    many("tags", RLM_COLLECTION_TYPE_SET, RLM_PROPERTY_TYPE_STRING, false),
                    many("numbers", RLM_COLLECTION_TYPE_SET, RLM_PROPERTY_TYPE_INT, false),
                    many("anySet", RLM_COLLECTION_TYPE_SET, RLM_PROPERTY_TYPE_MIXED, true),
                    many("scores", RLM_COLLECTION_TYPE_DICTIONARY, RLM_PROPERTY_TYPE_INT, false),
                    many("attributes", RLM_COLLECTION_TYPE_DICTIONARY, RLM_PROPERTY_TYPE_MIXED, true),
                    link("friend", RLM_COLLECTION_TYPE_NONE, "Item"),
                    link("friends", RLM_COLLECTION_TYPE_LIST, "Item"),
                    link("friendSet", RLM_COLLECTION_TYPE_SET, "Item"),
                    link("friendMap", RLM_COLLECTION_TYPE_DICTIONARY, "Item"),
                    link("part", RLM_COLLECTION_TYPE_NONE, "Part"),
                    link("parts", RLM_COLLECTION_TYPE_LIST, "Part"),
                    link("partMap", RLM_COLLECTION_TYPE_DICTIONARY, "Part"))),
            new Type("Part", true, List.of(
                    one("label", RLM_PROPERTY_TYPE_STRING, true),
                    one("size", RLM_PROPERTY_TYPE_INT, false),
                    many("marks", RLM_COLLECTION_TYPE_LIST, RLM_PROPERTY_TYPE_INT, false))),
            new Type("Document", false, List.of(
                    key(RLM_PROPERTY_TYPE_OBJECT_ID),
                    one("text", RLM_PROPERTY_TYPE_STRING, true),
                    link("item", RLM_COLLECTION_TYPE_NONE, "Item"))),
            new Type("Counter", false, List.of(
                    key(RLM_PROPERTY_TYPE_INT),
                    one("count", RLM_PROPERTY_TYPE_INT, false))),
            new Type("Tag", false, List.of(
                    key(RLM_PROPERTY_TYPE_UUID),
                    one("text", RLM_PROPERTY_TYPE_STRING, true))));

    private Schema() {}

    /** A property; the target is the class that it links to. */
    record Property(String name, PropertyType type, CollectionType collection, boolean nullable,
            @Nullable String target) {
        PropertyInfo forClient() {
            return PropertyInfo.Companion.create(name, "", type, collection, target, "", nullable, name.equals(KEY),
                    false, false);
        }
    }

    /** A class; embedded ones have no primary key. */
    record Type(String name, boolean embedded, List<Property> properties) {
        Property property(String wanted) {
            return properties.stream().filter(property -> property.name().equals(wanted)).findFirst().orElseThrow();
        }
    }

    private static Property key(PropertyType type) {
        return new Property(KEY, type, RLM_COLLECTION_TYPE_NONE, false, null);
    }

    private static Property one(String name, PropertyType type, boolean nullable) {
        return new Property(name, type, RLM_COLLECTION_TYPE_NONE, nullable, null);
    }

    private static Property many(String name, CollectionType collection, PropertyType type, boolean nullable) {
        return new Property(name, type, collection, nullable, null);
    }

    /** Links may be absent alone and in dictionaries, never in lists and sets. */
    private static Property link(String name, CollectionType collection, String target) {
        boolean nullable = collection == RLM_COLLECTION_TYPE_NONE || collection == RLM_COLLECTION_TYPE_DICTIONARY;
        return new Property(name, RLM_PROPERTY_TYPE_OBJECT, collection, nullable, target);
    }

    static List<Pair<ClassInfo, List<PropertyInfo>>> forClient() {
        return TYPES.stream().map(Schema::forClient).toList();
    }

    private static Pair<ClassInfo, List<PropertyInfo>> forClient(Type type) {
        return new Pair<>(
                ClassInfo.Companion.create(type.name(), type.embedded() ? "" : KEY, type.properties().size(),
                        type.embedded(), false),
                type.properties().stream().map(Property::forClient).toList());
    }
}
