// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Objects as they are found and shown. */
final class QueryTest {
    private final DataRealm realm = new DataRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    private static String set(long id, String field, String value) {
        return path("Update", id, field, "[]", value) + ",\"default\":false}";
    }

    private static String path(String op, long id, String field, String path, String value) {
        return "{\"op\":\"%s\",\"table\":\"Item\",\"pk\":{\"int\":\"%d\"},\"field\":\"%s\",\"path\":%s,\"value\":%s"
                .formatted(op, id, field, path, value);
    }

    private static String create(long id) {
        return "{\"op\":\"CreateObject\",\"table\":\"Item\",\"pk\":{\"int\":\"%d\"}}".formatted(id);
    }

    private JsonNode query(@Nullable String filter, @Nullable String cursor, int limit) {
        return ask(new Query("Item", filter, cursor, limit));
    }

    private JsonNode ask(Query query) {
        RealmCalls.Answer answer = realm.read(reader -> RealmCalls.Answer.of(() -> Replies.ok(query.run(reader))));
        return Objects.requireNonNull(answer.reply().getBody());
    }

    private List<Long> ids(String filter) {
        JsonNode page = query(filter, null, 500);
        assertThat(page.has("items")).as(page.toString()).isTrue();
        return page.path("items").valueStream().map(item -> item.path("_id").longValue()).toList();
    }

    @Test
    void everyTypeHasAFormThatTellsIt() {
        realm.change("[" + String.join(",",
                create(1),
                set(1, "i", "{\"int\":\"9007199254740993\"}"),
                set(1, "s", "{\"string\":\"Zoë\"}"),
                set(1, "bin", "{\"binary\":\"00ff\"}"),
                set(1, "t", "{\"timestamp\":{\"s\":\"1769854830\",\"ns\":5000}}"),
                set(1, "f", "{\"float\":\"3fc00000\"}"),
                set(1, "d", "{\"double\":\"7ff8000000000000\"}"),
                set(1, "dec", "{\"decimal\":{\"coefficient\":\"100\",\"exponent\":-2,\"negative\":true}}"),
                set(1, "oid", "{\"objectId\":\"64c2b1f0aabbccddeeff0011\"}"),
                set(1, "u", "{\"uuid\":\"8d7f5a1e-0000-4000-8000-000000000001\"}"),
                set(1, "m", "{\"double\":\"3ff0000000000000\"}"),
                set(1, "dog", "{\"link\":{\"table\":\"Dog\",\"pk\":{\"string\":\"rex\"}}}"),
                set(1, "line", "{\"special\":\"objectValue\"}"),
                path("SetInsert", 1, "set", "[]", "{\"string\":\"x\"}") + "}",
                path("Update", 1, "map", "[\"k\"]", "{\"int\":\"1\"}") + ",\"default\":false}",
                path("ArrayInsert", 1, "ints", "[0]", "null") + ",\"priorSize\":0}") + "]");
        JsonNode item = query(null, null, 1).path("items").get(0);
        assertThat(item.toString()).isEqualTo("""
                {"$key":"1","_id":1,"i":{"$numberLong":"9007199254740993"},"b":false,"s":"Zoë",\
                "bin":{"$binary":{"base64":"AP8=","subType":"00"}},"t":{"$date":"2026-01-31T10:20:30.000005Z"},\
                "f":1.5,"d":{"$numberDouble":"NaN"},"dec":{"$numberDecimal":"-1.00"},\
                "oid":{"$oid":"64c2b1f0aabbccddeeff0011"},"u":{"$uuid":"8d7f5a1e-0000-4000-8000-000000000001"},\
                "m":{"$numberDouble":"1.0"},"dog":{"$ref":"Dog","$id":"rex"},"line":{"qty":0,"tags":[]},\
                "ints":[null],"dogs":[],"lines":[],"anys":[],"set":["x"],"mset":[],"map":{"k":1},"lineMap":{}}""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            i == 3                                        | 3
            i != 3                                        | 1,2,4,5
            i >= 2 and i < 4                              | 2,3
            i == 1 or i == 5 and not s == "five"          | 1
            not (i == 1 or i == 5)                        | 2,3,4
            i in [1, 4, 99]                               | 1,4
            i in []                                       | ''
            s beginsWith "f"                              | 4,5
            s == null                                     | 3
            s == "two\\u0021"                             | 2
            _id > 3                                       | 4,5
            d > 1.5                                       | 2,3,4,5
            m == 2                                        | 2
            m == "two"                                    | 3
            line.qty == 7                                 | 4
            ints == 20                                    | 5
            map.color == "red"                            | 5
            map.color == null                             | 1,2,3,4
            dog == {"$ref": "Dog", "$id": "rex"}          | 1
            t < {"$date": "2000-01-01T00:00:00Z"}         | 1
            NOT b == true AND `i` == 2                    | 2
            """)
    void filterFindsWhatItSays(String filter, String expected) {
        StringBuilder changes = new StringBuilder();
        for (int id = 1; id <= 5; id++) {
            changes.append(create(id)).append(',').append(set(id, "i", "{\"int\":\"" + id + "\"}")).append(',');
            changes.append(set(id, "d", "{\"double\":\"%016x\"}".formatted(Double.doubleToLongBits(id)))).append(',');
        }
        realm.change("[" + changes + String.join(",",
                set(1, "s", "{\"string\":\"one\"}"),
                set(2, "s", "{\"string\":\"two!\"}"),
                set(4, "s", "{\"string\":\"four\"}"),
                set(5, "s", "{\"string\":\"five\"}"),
                set(2, "m", "{\"double\":\"4000000000000000\"}"),
                set(3, "m", "{\"string\":\"two\"}"),
                set(1, "t", "{\"timestamp\":{\"s\":\"1\",\"ns\":0}}"),
                set(1, "dog", "{\"link\":{\"table\":\"Dog\",\"pk\":{\"string\":\"rex\"}}}"),
                set(4, "line", "{\"special\":\"objectValue\"}"),
                path("Update", 4, "line", "[\"qty\"]", "{\"int\":\"7\"}") + ",\"default\":false}",
                path("ArrayInsert", 5, "ints", "[0]", "{\"int\":\"10\"}") + ",\"priorSize\":0}",
                path("ArrayInsert", 5, "ints", "[1]", "{\"int\":\"20\"}") + ",\"priorSize\":1}",
                path("Update", 5, "map", "[\"color\"]", "{\"string\":\"red\"}") + ",\"default\":false}") + "]");
        List<Long> wanted = new ArrayList<>();
        for (String id : expected.replace("'", "").split(",")) {
            if (!id.isEmpty()) {
                wanted.add(Long.parseLong(id));
            }
        }
        assertThat(ids(filter)).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nothing == 1         | has no property 'nothing'
            i == "text"          | 'i' is int, the value is string
            i                    | expected ==
            i == 1 i == 2        | expected 'and', 'or' or the end, at character 8
            (i == 1              | expected ')'
            i == {"$oid": "x"}   | must be 24 hexadecimal digits
            i.x == 1             | has no parts
            line == null         | embedded object
            i == "open           | not well-formed
            i beginsWith 1       | beginsWith needs a text
            """)
    void mistakeInAFilterIsNamed(String filter, String reason) {
        JsonNode reply = query(filter, null, 10);
        assertThat(reply.path("status").intValue()).isEqualTo(400);
        assertThat(reply.path("detail").stringValue()).contains(reason);
    }

    @Test
    void filterIsNotNestedWithoutEnd() {
        JsonNode reply = query("(".repeat(4000) + "i == 1" + ")".repeat(4000), null, 10);
        assertThat(reply.path("detail").stringValue()).contains("nested deeper");
        assertThat(query("i == 1" + " or i == 1".repeat(200), null, 10).path("detail").stringValue())
                .contains("more than 100 conditions");
    }

    @Test
    void pagesShowEachObjectOnceWhileOthersComeAndGo() {
        StringBuilder changes = new StringBuilder();
        for (int id = 0; id < 20; id += 2) {
            changes.append(create(id)).append(',');
        }
        realm.change("[" + changes + create(100) + "]");
        JsonNode first = query(null, null, 5);
        assertThat(first.path("items")).hasSize(5);
        realm.change("[" + create(3) + "," + create(13)
                + ",{\"op\":\"EraseObject\",\"table\":\"Item\",\"pk\":{\"int\":\"8\"}}]");
        JsonNode rest = query(null, first.path("nextCursor").stringValue(), 500);
        assertThat(rest.path("items").valueStream().map(item -> item.path("_id").longValue()))
                .containsExactly(10L, 12L, 13L, 14L, 16L, 18L, 100L);
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(rest.path("version").longValue()).isGreaterThan(first.path("version").longValue());
    }

    @Test
    void pageOfManyObjectsThatDoNotMatchEndsEarlyWithACursor() {
        for (int start = 0; start < 12_000; start += 3000) {
            StringBuilder changes = new StringBuilder(create(start));
            for (int id = start + 1; id < start + 3000; id++) {
                changes.append(',').append(create(id));
            }
            realm.change("[" + changes + "]");
        }
        JsonNode page = query("_id == 11999", null, 10);
        int pages = 1;
        while (page.path("items").isEmpty()) {
            assertThat(page.path("nextCursor").isString()).isTrue();
            page = query("_id == 11999", page.path("nextCursor").stringValue(), 10);
            pages++;
        }
        assertThat(pages).isGreaterThan(1);
        assertThat(page.path("items").get(0).path("_id").longValue()).isEqualTo(11_999);
    }

    @Test
    void foreignCursorIsRefused() {
        assertThat(query(null, "%%%", 10).path("detail").stringValue()).contains("cursor");
        assertThat(query(null, "e30", 10).path("status").intValue()).isEqualTo(400);
    }

    @Test
    void unknownAndEmbeddedClassesAreToldApart() {
        assertThat(probe("Cat").path("detail").stringValue()).contains("no class 'Cat'");
        assertThat(probe("Cat").path("status").intValue()).isEqualTo(404);
        assertThat(probe("Line").path("detail").stringValue()).contains("embedded");
    }

    private JsonNode probe(String table) {
        return ask(new Query(table, null, null, 1));
    }
}
