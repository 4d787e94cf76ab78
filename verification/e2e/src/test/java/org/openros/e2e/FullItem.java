// SPDX-License-Identifier: Apache-2.0
package org.openros.e2e;

import java.time.Instant;
import java.util.UUID;
import org.openros.stock.RealmObject;
import org.openros.stock.Values.Binary;
import org.openros.stock.Values.Decimal;
import org.openros.stock.Values.Link;
import org.openros.stock.Values.ObjectId;

/** An item that has a value of each type; another item has to be there. */
final class FullItem {
    private FullItem() {}

    static void write(RealmObject item) {
        writeScalars(item);
        writeCollections(item);
        writeParts(item);
    }

    private static void writeScalars(RealmObject item) {
        item.set("text", "\u00e6\u20ac\ud83d\ude00").set("count", Long.MAX_VALUE).set("optCount", -1L).set("done", true)
                .set("ratio", 0.1).set("weight", 1.5f).set("due", Instant.ofEpochSecond(-5, 999_999_999))
                .set("oid", ObjectId.of(12)).set("uuid", new UUID(1, 2)).set("price", Decimal.of(-12345, -2))
                .set("bytes", Binary.of((byte) 0, (byte) -1)).set("any", 4.5).set("friend", new Link("Item", "other"));
    }

    private static void writeCollections(RealmObject item) {
        Link other = new Link("Item", "other");
        item.list("ints").add(3L).add(1L).add(2L);
        item.list("names").add("a").add(null);
        item.list("anys").add(1L).add("one").add(null).add(true).add(other);
        item.list("friends").add(other).add(other);
        item.set("tags").add("x").add("y");
        item.set("numbers").add(9L).add(-9L);
        item.set("anySet").add("x").add(1L).add(null);
        item.set("friendSet").add(other);
        item.dictionary("scores").put("a", 1L).put("b", 2L);
        item.dictionary("attributes").put("link", other).put("null", null).put("id", new UUID(3, 4));
        item.dictionary("friendMap").put("nobody", null).put("somebody", other);
    }

    private static void writeParts(RealmObject item) {
        item.embed("part").set("label", "one").set("size", 3L).list("marks").add(1L).add(2L);
        item.list("parts").embed(0).set("label", "first");
        item.list("parts").embed(1).set("label", "second");
        item.dictionary("partMap").embed("k").set("size", 8L);
    }
}
