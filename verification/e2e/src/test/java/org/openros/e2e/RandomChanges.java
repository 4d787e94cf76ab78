// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.stock.RealmDictionary;
import org.openros.stock.RealmList;
import org.openros.stock.RealmObject;
import org.openros.stock.RealmSet;
import org.openros.stock.RealmView;
import org.openros.stock.Values.Binary;
import org.openros.stock.Values.Decimal;
import org.openros.stock.Values.Link;
import org.openros.stock.Values.ObjectId;

/**
 * Random changes to a realm. Objects, positions and values come from small ranges, so that devices collide often.
 *
 * <p>Left out is what stock clients do not survive, or after which they differ whatever the server does: collections
 * inside mixed values (the client dies when it creates an object in a table whose objects hold them), links in sets of
 * mixed values (the client cannot read those whose object is gone), moves in lists of embedded objects, removing
 * anything but integers from a set, equal numbers of different types in a set, and creating an embedded object twice
 * under one key.
 */
final class RandomChanges {
    private static final List<String> SCALARS = List.of(
            "text", "count", "optCount", "done", "ratio", "weight", "due", "oid", "uuid", "price", "bytes", "any");
    private static final List<String> LISTS = List.of("ints", "names", "anys", "friends");
    private static final List<String> SETS = List.of("tags", "numbers", "anySet", "friendSet");
    private static final List<String> DICTIONARIES = List.of("scores", "attributes", "friendMap");
    private static final int KEYS = 4;

    private final Random random;
    private final int objects;
    private final String ownKey;

    /**
     * The changes of one device.
     *
     * @param objects how many items there may be
     * @param device its name; under this key only, it creates embedded objects in dictionaries
     */
    RandomChanges(Random random, int objects, String device) {
        this.random = random;
        this.objects = objects;
        ownKey = device;
    }

    /** Makes one change. */
    void change(RealmView realm) {
        switch (random.nextInt(20)) {
            case 0 -> realm.findOrCreate("Item", id());
            case 1 -> createOther(realm);
            case 2 -> delete(realm);
            case 3, 4, 5, 6 -> setScalar(item(realm));
            case 7, 8 -> item(realm).add("count", random.nextInt(21) - 10);
            case 9 -> item(realm).set("friend", random.nextInt(4) == 0 ? null : link(realm));
            case 10, 11, 12 -> changeList(realm, pick(LISTS));
            case 13, 14 -> changeSet(realm, pick(SETS));
            case 15, 16 -> changeDictionary(realm, pick(DICTIONARIES));
            case 17 -> changePart(item(realm));
            case 18 -> changeParts(item(realm).list("parts"));
            default -> changePartMap(item(realm).dictionary("partMap"));
        }
    }

    private String id() {
        return "i" + random.nextInt(objects);
    }

    private RealmObject item(RealmView realm) {
        return realm.findOrCreate("Item", id());
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private Link link(RealmView realm) {
        String id = id();
        realm.findOrCreate("Item", id);
        return new Link("Item", id);
    }

    private void createOther(RealmView realm) {
        int number = random.nextInt(objects);
        switch (random.nextInt(3)) {
            case 0 -> realm.findOrCreate("Document", ObjectId.of(number)).set("text", word()).set("item", link(realm));
            case 1 -> realm.findOrCreate("Counter", (long) number - objects / 2).add("count", 1);
            default -> realm.findOrCreate("Tag", new UUID(1, number)).set("text", word());
        }
    }

    private void delete(RealmView realm) {
        RealmObject object = realm.find("Item", id());
        if (object != null) {
            object.delete();
        }
    }

    private void setScalar(RealmObject item) {
        String property = pick(SCALARS);
        item.set(property, scalar(property));
    }

    private void changeList(RealmView realm, String property) {
        changeList(item(realm).list(property), () -> element(realm, property));
    }

    private void changeList(RealmList list, Supplier<@Nullable Object> element) {
        int size = list.size();
        int kind = size == 0 ? 0 : random.nextInt(20);
        if (kind < 9) {
            list.insert(random.nextInt(size + 1), element.get());
        } else if (kind < 13) {
            list.set(random.nextInt(size), element.get());
        } else {
            reorder(list, size, kind);
        }
    }

    private void reorder(RealmList list, int size, int kind) {
        if (kind < 16) {
            list.move(random.nextInt(size), random.nextInt(size));
        } else {
            shrink(list, size, kind);
        }
    }

    private void shrink(RealmList list, int size, int kind) {
        if (kind < 19) {
            list.remove(random.nextInt(size));
        } else {
            list.clear();
        }
    }

    private void changeSet(RealmView realm, String property) {
        RealmSet set = item(realm).set(property);
        Object value = element(realm, property);
        switch (random.nextInt(20)) {
            case 0 -> set.clear();
            case 1, 2, 3, 4, 5, 6 -> removeInteger(set, value);
            default -> set.add(value);
        }
    }

    private static void removeInteger(RealmSet set, @Nullable Object value) {
        if (value instanceof Long) {
            set.remove(value);
        }
    }

    private void changeDictionary(RealmView realm, String property) {
        RealmDictionary dictionary = item(realm).dictionary(property);
        switch (random.nextInt(20)) {
            case 0 -> dictionary.clear();
            case 1, 2, 3, 4, 5, 6 -> dictionary.remove(key());
            default -> dictionary.put(key(), element(realm, property));
        }
    }

    private void changePart(RealmObject item) {
        switch (random.nextInt(4)) {
            case 0 -> item.set("part", null);
            case 1 -> fill(item.embed("part"));
            default -> {
                RealmObject part = item.embedded("part");
                change(part == null ? item.embed("part") : part);
            }
        }
    }

    private void changeParts(RealmList parts) {
        int size = parts.size();
        int kind = size == 0 ? 0 : random.nextInt(20);
        if (kind < 6) {
            fill(parts.embed(random.nextInt(size + 1)));
        } else if (kind < 9) {
            fill(parts.replaceEmbedded(random.nextInt(size)));
        } else if (kind < 13) {
            change(parts.embedded(random.nextInt(size)));
        } else {
            shrink(parts, size, kind);
        }
    }

    private void changePartMap(RealmDictionary parts) {
        List<String> keys = parts.content().keySet().stream().sorted().toList();
        if (!keys.contains(ownKey)) {
            fill(parts.embed(ownKey));
        } else if (random.nextInt(4) == 0) {
            parts.remove(pick(keys));
        } else {
            change(Objects.requireNonNull(parts.embedded(pick(keys))));
        }
    }

    private void fill(RealmObject part) {
        part.set("label", word());
        change(part);
    }

    private void change(RealmObject part) {
        switch (random.nextInt(3)) {
            case 0 -> part.set("label", word());
            case 1 -> part.add("size", random.nextInt(9) + 1);
            default -> changeList(part.list("marks"), () -> (long) random.nextInt(100));
        }
    }

    private String key() {
        return String.valueOf((char) ('a' + random.nextInt(KEYS)));
    }

    private String word() {
        return "w" + random.nextInt(1000) + (random.nextInt(8) == 0 ? " \u00e6\u20ac\ud83d\ude00" : "");
    }

    private @Nullable Object element(RealmView realm, String property) {
        return switch (property) {
            case "ints", "numbers", "scores" -> (long) random.nextInt(10);
            case "names" -> random.nextInt(6) == 0 ? null : word();
            case "tags" -> "t" + random.nextInt(6);
            case "friends", "friendSet" -> link(realm);
            case "friendMap" -> random.nextInt(5) == 0 ? null : link(realm);
            case "anySet" -> scalar(pick(List.of("text", "optCount", "uuid", "done", "due")));
            default -> random.nextInt(6) == 0 ? link(realm) : scalar("any");
        };
    }

    private @Nullable Object scalar(String property) {
        boolean nullable = !List.of("count", "done", "ratio").contains(property);
        if (nullable && random.nextInt(8) == 0) {
            return null;
        }
        int number = random.nextInt(20);
        return switch (property) {
            case "text" -> word();
            case "count", "optCount" -> (long) number - 5;
            case "done" -> random.nextBoolean();
            case "ratio" -> number / 4.0;
            case "weight" -> number / 8.0f;
            case "due" -> Instant.ofEpochSecond(1_700_000_000L + number, number * 1_000_000L);
            case "oid" -> ObjectId.of(0xabc0 + number);
            case "uuid" -> new UUID(0x77, number);
            case "price" -> Decimal.of(number - 10, -1);
            case "bytes" -> Binary.of((byte) number, (byte) 0, (byte) 0xff);
            case "any" -> scalar(SCALARS.get(random.nextInt(SCALARS.size() - 1)));
            default -> throw new IllegalArgumentException(property);
        };
    }
}
