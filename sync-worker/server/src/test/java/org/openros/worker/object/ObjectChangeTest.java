// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.object;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openros.changeset.ByteString;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.state.ClassDefinition;
import org.openros.changeset.state.ObjectState;
import org.openros.changeset.state.StateAccess;
import org.openros.storage.HistoryEntry;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What backends change, and what devices get of it. */
final class ObjectChangeTest {
    private final DataRealm realm = new DataRealm();

    @AfterEach
    void close() {
        realm.close();
    }

    private static JsonNode json(String text) {
        return OperationReader.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private ResponseEntity<JsonNode> single(Operation operation, Condition... conditions) {
        return realm.edit(new Change(List.of(conditions), List.of(operation), true, null));
    }

    private ResponseEntity<JsonNode> put(long id, String object) {
        return single(new Operation.Put("Item", key(id), json(object)));
    }

    private static KeySource key(long id) {
        return new KeySource.Text(Long.toString(id));
    }

    private ResponseEntity<JsonNode> transact(String request) {
        JsonNode body = json(request);
        return realm.edit(
                new Change(OperationReader.conditions(body), OperationReader.operations(body), false, null));
    }

    private static JsonNode body(ResponseEntity<JsonNode> reply) {
        return Objects.requireNonNull(reply.getBody());
    }

    private @Nullable JsonNode find(String table, String key) {
        return realm.read(reader -> {
            Classes classes = new Classes(reader);
            ClassDefinition definition = classes.keyed(table);
            ObjectKey named = Keys.parse(definition, key);
            ObjectNode stored = reader.object(definition.name(), named);
            return stored == null
                    ? null
                    : new ObjectJson(classes).write(definition, named, StoredContent.fields(stored));
        });
    }

    private JsonNode item(long id) {
        return Objects.requireNonNull(find("Item", Long.toString(id)));
    }

    private long version() {
        return realm.read(reader -> reader.version());
    }

    @Test
    void putMakesAnObjectAndSaysSo() {
        ResponseEntity<JsonNode> made = put(1, "{'s': 'one', 'i': 7}");
        assertThat(made.getStatusCode().value()).as(String.valueOf(made)).isEqualTo(201);
        assertThat(body(made).path("effect").stringValue()).isEqualTo("created");
        assertThat(body(made).path("version").longValue()).isEqualTo(version());
        assertThat(item(1).path("s").stringValue()).isEqualTo("one");
        assertThat(item(1).path("b").booleanValue()).as("default of what was not given").isFalse();
    }

    @Test
    void putReplacesAndPatchKeepsWhatIsNotNamed() {
        put(1, "{'s': 'one', 'i': 7, 'ints': [1, 2]}");
        assertThat(single(new Operation.Patch("Item", key(1), json("{'i': 8}"))).getStatusCode().value())
                .isEqualTo(200);
        assertThat(item(1).path("s").stringValue()).isEqualTo("one");
        assertThat(item(1).path("i").intValue()).isEqualTo(8);
        assertThat(put(1, "{'i': 9}").getStatusCode().value()).isEqualTo(200);
        assertThat(item(1).path("s").isNull()).isTrue();
        assertThat(item(1).path("ints")).isEmpty();
    }

    @Test
    void whatChangesNothingLeavesNoTraceInTheHistory() {
        put(1, "{'s': 'one', 'ints': [1, 2, 3]}");
        long before = version();
        ResponseEntity<JsonNode> same = put(1, "{'s': 'one', 'ints': [1, 2, 3]}");
        assertThat(body(same).path("effect").stringValue()).isEqualTo("unchanged");
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void onlyWhatDiffersIsWritten() {
        put(1, "{'ints': [1, 2, 3, 4, 5], 'set': ['a', 'b'], 'map': {'x': 1, 'y': 2}}");
        long before = version();
        put(1, "{'ints': [1, 2, 9, 4, 5], 'set': ['b', 'c'], 'map': {'x': 1, 'z': 3}}");
        List<Instruction> sent = ChangesetParser.parse(
                        realm.history(before).getFirst().changeset())
                .instructions();
        assertThat(sent).hasSize(5);
        assertThat(sent.getFirst()).isInstanceOf(Instruction.Update.class);
    }

    /** Everything that can stand in an object, before and after: each change leads from each to each other. */
    private static final List<String> CONTENTS = List.of(
            "{}",
            """
            {'i':1,'b':true,'s':'x','bin':{'$binary':{'base64':'AP8=','subType':'00'}},'t':{'$date':'2026-01-31T10:20:30.5Z'},
             'f':1.5,'d':2.5,'dec':{'$numberDecimal':'1.00'},'oid':{'$oid':'64c2b1f0aabbccddeeff0011'},
             'u':{'$uuid':'8d7f5a1e-0000-4000-8000-000000000001'},'m':5,'dog':{'$ref':'Dog','$id':'rex'},
             'line':{'qty':3,'tags':['a','b']},'ints':[1,null,3],'dogs':[{'$ref':'Dog','$id':'a'},{'$ref':'Dog','$id':null}],
             'lines':[{'qty':1,'tags':['q']},{'qty':2,'tags':[]}],'anys':[1,'two',{'$numberDouble':'3.0'},null,[1,[2]],{'k':[]}],
             'set':['a',null],'mset':[1,'1',true],'map':{'a':1,'b':[1,2],'c':{'d':{'e':null}}},
             'lineMap':{'a':{'qty':1,'tags':[]},'b':null}}""",
            """
            {'i':null,'s':'','t':{'$date':'1969-12-31T23:59:58.9Z'},'f':-1.25,'d':{'$numberDouble':'Infinity'},
             'dec':{'$numberDecimal':'-1E+10'},'m':[1,{'a':2},[3]],'dog':{'$ref':'Dog','$id':'b'},
             'line':{'qty':4,'tags':['b','c']},'ints':[3],'dogs':[{'$ref':'Dog','$id':'x'}],
             'lines':[{'qty':9,'tags':['q','r']},{'qty':1,'tags':[]},{'qty':2,'tags':['z']}],
             'anys':[[1,[2,3]],{'k':[1],'l':2},null,'two'],'set':['b'],'mset':[2,{'$ref':'Dog','$id':'rex'}],
             'map':{'b':[2],'c':7,'x':{'y':'z'}},'lineMap':{'b':{'qty':5,'tags':['t']},'c':{'qty':1,'tags':[]}}}""",
            """
            {'m':{'a':[1],'b':{}},'anys':[{'$ref':'Dog','$id':'gone'}],'lines':[{'qty':2,'tags':['z']}],
             'map':{'m':[[[]]]},'t':{'$realmTimestamp':{'seconds':'-99999999999999','nanoseconds':-5}}}""",
            "{'anys':[null],'m':{'a':[2,1],'c':1},'map':{'m':{'n':[1]}}}");

    @Test
    void everyContentTurnsIntoEveryOtherAndDevicesGetTheSame() {
        for (int from = 0; from < CONTENTS.size(); from++) {
            for (int to = 0; to < CONTENTS.size(); to++) {
                long id = from * 10L + to;
                assertThat(put(id, CONTENTS.get(from)).getStatusCode().value()).isEqualTo(201);
                ResponseEntity<JsonNode> changed = put(id, CONTENTS.get(to));
                assertThat(changed.getStatusCode().value()).as("%s to %s: %s", from, to, changed).isEqualTo(200);
                put(1000 + id, CONTENTS.get(to));
                assertThat(withoutKey(item(id))).as("%s to %s", from, to).isEqualTo(withoutKey(item(1000 + id)));
            }
        }
        assertThat(replayed()).isEqualTo(Objects.requireNonNull(item(12)).path("anys").size());
    }

    private static JsonNode withoutKey(JsonNode object) {
        ObjectNode copy = ((ObjectNode) object).deepCopy();
        copy.remove(List.of("$key", "_id"));
        return copy;
    }

    /**
     * Applies the whole history as a device would, and compares; gives the length of a list, so that something is seen.
     */
    private int replayed() {
        ObjectState device = new ObjectState(StateAccess.EMPTY);
        for (HistoryEntry entry : realm.history(0)) {
            device.apply(ChangesetParser.parse(entry.changeset()));
        }
        ByteString table = ByteString.of("Item");
        device.scan(table, null, (key, object) -> {
            assertThat(object).isEqualTo(realm.read(reader -> reader.object(table, key)));
            return true;
        });
        return Objects.requireNonNull(device.object(table, new ObjectKey.Int(12)))
                .path("fields").path("anys").path("list").size();
    }

    @Test
    void whatIsReadCanBeWrittenBack() {
        put(1, CONTENTS.get(1));
        long before = version();
        ResponseEntity<JsonNode> again = put(1, item(1).toString());
        assertThat(body(again).path("effect").stringValue()).as(String.valueOf(again)).isEqualTo("unchanged");
        assertThat(version()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'i': 'text'}                                    | object.i             | is string but must be int
            {'i': 1.5}                                       | object.i             | is double but must be int
            {'i': 9223372036854775808}                       | object.i             | whole number of 64 bits
            {'b': null}                                      | object.b             | must not be null
            {'nothing': 1}                                   | object.nothing       | is not a property
            {'line': {'qty': 'x'}}                           | object.line.qty      | must be int
            {'lines': [{'qty': 1}, {'tags': [1]}]}           | object.lines[1].tags[0] | must be string
            {'lines': [null]}                                | object.lines[0]      | must not be null
            {'ints': {}}                                     | object.ints          | must be an array
            {'map': {'a.b': 1}}                              | object.map.a.b       | no dot
            {'dog': 'rex'}                                   | object.dog           | must be a link
            {'dog': {'$ref': 'Item', '$id': 1}}              | object.dog           | must link to 'Dog'
            {'dog': {'$ref': 'Cat', '$id': 1}}               | object.dog           | no class
            {'dog': {'$ref': 'Dog', '$id': 1}}               | object.dog.$id       | must be string
            {'oid': {'$oid': 'xyz'}}                         | object.oid           | 24 hexadecimal digits
            {'dec': {'$numberDecimal': '1e99999'}}           | object.dec           | 34 digits
            {'t': {'$date': 'yesterday'}}                    | object.t             | $date needs
            {'m': {'$what': 1}}                              | object.m             | no type of a value
            {'_id': 2}                                       | object._id           | cannot be changed
            """)
    void misfitIsNamedByItsPlaceAndChangesNothing(String object, String place, String reason) {
        long before = version();
        ResponseEntity<JsonNode> reply = put(1, object);
        assertThat(reply.getStatusCode().value()).as(String.valueOf(reply)).isEqualTo(422);
        assertThat(body(reply).path("invalid_params").get(0).path("name").stringValue()).isEqualTo(place);
        assertThat(body(reply).path("detail").stringValue()).contains(reason);
        assertThat(find("Item", "1")).isNull();
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void transactionHappensAsAWholeOrNotAtAll() {
        ResponseEntity<JsonNode> reply = transact("""
                {'operations': [
                  {'op': 'create', 'class': 'Dog', 'object': {'_id': 'rex', 'name': 'Rex'}},
                  {'op': 'put', 'class': 'Item', 'key': 1, 'object': {'dog': {'$ref': 'Dog', '$id': 'rex'}, 'i': 1}},
                  {'op': 'increment', 'class': 'Item', 'key': 1, 'field': 'i', 'by': 41},
                  {'op': 'delete', 'class': 'Item', 'key': 99}]}""");
        assertThat(reply.getStatusCode().value()).as(String.valueOf(reply)).isEqualTo(200);
        assertThat(body(reply).path("results").valueStream().map(result -> result.path("effect").stringValue()))
                .containsExactly("created", "created", "updated", "unchanged");
        assertThat(item(1).path("i").intValue()).isEqualTo(42);

        long before = version();
        ResponseEntity<JsonNode> refused = transact("""
                {'operations': [
                  {'op': 'patch', 'class': 'Item', 'key': 1, 'object': {'i': 0}},
                  {'op': 'patch', 'class': 'Item', 'key': 1, 'object': {'b': 'no'}}]}""");
        assertThat(refused.getStatusCode().value()).isEqualTo(422);
        assertThat(body(refused).path("invalid_params").get(0).path("name").stringValue())
                .isEqualTo("operations[1].object.b");
        assertThat(item(1).path("i").intValue()).isEqualTo(42);
        assertThat(version()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'class': 'Item', 'key': 1, 'exists': false}",
        "{'class': 'Item', 'key': 2, 'exists': true}",
        "{'class': 'Item', 'key': 1, 'field': 's', 'equals': 'two'}",
        "{'class': 'Item', 'key': 2, 'field': 's', 'equals': null}",
        "{'class': 'Item', 'key': 1, 'etag': '\\\"0\\\"'}",
        "{'realmVersion': 1}"
    })
    void conditionThatDoesNotHoldIsNamed(String condition) {
        put(1, "{'s': 'one'}");
        ResponseEntity<JsonNode> reply = transact("""
                {'preconditions': [{'class': 'Item', 'key': 1, 'field': 's', 'equals': 'one'}, %s],
                 'operations': [{'op': 'delete', 'class': 'Item', 'key': 1}]}""".formatted(condition));
        assertThat(reply.getStatusCode().value()).as(String.valueOf(reply)).isEqualTo(412);
        assertThat(body(reply).path("invalid_params").get(0).path("name").stringValue()).isEqualTo("preconditions[1]");
        assertThat(find("Item", "1")).isNotNull();
    }

    @Test
    void conditionsThatHoldLetTheChangeHappen() {
        JsonNode made = body(put(1, "{'s': 'one'}"));
        ResponseEntity<JsonNode> reply = realm.edit(new Change(
                List.of(
                        new Condition.VersionIs(version()),
                        new Condition.EtagIs("Item", key(1), Set.of(made.path("etag").stringValue())),
                        new Condition.FieldEquals("Item", key(1), "s", JsonNodeFactory.instance.stringNode("one"))),
                List.of(new Operation.Delete("Item", key(1), true)),
                true,
                null));
        assertThat(body(reply).path("effect").stringValue()).isEqualTo("deleted");
        assertThat(find("Item", "1")).isNull();
    }

    @Test
    void createRefusesWhatIsThereAndNeedsAKey() {
        Operation rex = new Operation.Create("Dog", json("{'_id': 'rex', 'name': 'Rex'}"));
        assertThat(single(rex).getStatusCode().value()).isEqualTo(201);
        assertThat(single(rex).getStatusCode().value()).isEqualTo(409);
        ResponseEntity<JsonNode> keyless = single(new Operation.Create("Dog", json("{'name': 'Rex'}")));
        assertThat(keyless.getStatusCode().value()).isEqualTo(422);
        assertThat(body(keyless).path("detail").stringValue()).isEqualTo("object._id is missing");
    }

    @Test
    void generatedKeysAreNeverUsedAgain() {
        Operation note = new Operation.Create("Note", json("{'text': 'hello'}"));
        assertThat(body(single(note)).path("key").stringValue()).isEqualTo("1-0");
        single(new Operation.Delete("Note", new KeySource.Text("1-0"), true));
        assertThat(body(single(note)).path("key").stringValue()).isEqualTo("1-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rex", "=null", "=empty", "=text:=null", "a/b c?d#e%2F", "Zoë"})
    void keysInAddressesNameOneObject(String key) {
        single(new Operation.Put("Dog", new KeySource.Text(key), json("{'name': 'x'}")));
        assertThat(find("Dog", key)).isNotNull();
        assertThat(single(new Operation.Delete("Dog", new KeySource.Text(key), true)).getStatusCode().value())
                .isEqualTo(200);
    }

    @Test
    void missingObjectsAreToldOnlyWhereTheyMatter() {
        assertThat(single(new Operation.Delete("Item", key(1), true)).getStatusCode().value()).isEqualTo(404);
        assertThat(single(new Operation.Patch("Item", key(1), json("{}"))).getStatusCode().value()).isEqualTo(404);
        assertThat(single(new Operation.Increment("Item", key(1), "i", 1)).getStatusCode().value()).isEqualTo(404);
    }

    @Test
    void repetitionGetsTheSameReplyAndChangesNothing() {
        put(1, "{'i': 1}");
        Change change = increment("k1", "x");
        JsonNode first = body(realm.edit(change));
        JsonNode second = body(realm.edit(increment("k1", "x")));
        assertThat(second.toString()).isEqualTo(first.toString());
        assertThat(item(1).path("i").intValue()).isEqualTo(2);
        assertThat(realm.edit(increment("k1", "other")).getStatusCode().value()).isEqualTo(422);
        realm.edit(increment("k2", "x"));
        assertThat(item(1).path("i").intValue()).isEqualTo(3);
    }

    private static Change increment(String key, String request) {
        Repeat repeat = Repeat.of(key, request.getBytes(StandardCharsets.UTF_8));
        return new Change(List.of(), List.of(new Operation.Increment("Item", key(1), "i", 1)), true, repeat);
    }

    @Test
    void failureIsNotRemembered() {
        assertThat(realm.edit(increment("k1", "x")).getStatusCode().value()).isEqualTo(404);
        put(1, "{'i': 1}");
        assertThat(realm.edit(increment("k1", "x")).getStatusCode().value()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'operations': []}                                                   | there are none
            {'operations': {}}                                                   | must be an array
            {'operations': [{'op': 'explode', 'class': 'Item'}]}                 | operations[0].op
            {'operations': [{'op': 'put', 'class': 'Item', 'object': {}}]}       | operations[0].key
            {'operations': [{'op': 'put', 'class': 'Item', 'key': 1}]}           | operations[0].object
            {'preconditions': [{'class': 'Item', 'key': 1}], 'operations': []}   | preconditions[0]
            """)
    void malformedTransactionIsRefusedWithItsPlace(String request, String reason) {
        RealmCalls.Answer answer = RealmCalls.Answer.of(() -> transact(request));
        assertThat(answer.reply().getStatusCode().value()).isEqualTo(400);
        assertThat(body(answer.reply()).path("detail").stringValue()).contains(reason);
    }

    @Test
    void bodyMustBeOneObjectWithoutRepeatedNames() {
        for (String text : List.of("", "[]", "{'a':1,'a':2}", "{} {}", "{")) {
            RealmCalls.Answer answer = RealmCalls.Answer.of(() -> Replies.ok(json(text)));
            assertThat(answer.reply().getStatusCode().value()).as(text).isEqualTo(400);
        }
    }
}
