// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.PathElement;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.changeset.state.ApplyException.Reason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ObjectStateTest {
    private static final ByteString DOG = ByteString.of("Dog");
    private static final ByteString AGE = ByteString.of("age");
    private static final ByteString ANY = ByteString.of("any");

    private final CountingStore store = new CountingStore();
    private final ObjectState state = new ObjectState(store);

    /** A store that counts reads of single values. */
    private static final class CountingStore implements StateAccess {
        private final StoredState stored = new StoredState();
        private int reads;

        @Override
        public byte @Nullable [] get(byte[] key) {
            reads++;
            return stored.get(key);
        }

        @Override
        public void scan(byte[] prefix, byte[] after, Visitor visitor) {
            stored.scan(prefix, after, visitor);
        }
    }

    @BeforeEach
    void addDogs() {
        apply(
                new Instruction.AddTable(
                        DOG, TableKind.TOP_LEVEL, new PrimaryKey(ByteString.of("_id"), TypeCode.STRING, true)),
                column(AGE, TypeCode.INT),
                column(ANY, TypeCode.NULL));
        settle();
    }

    @Test
    void setThatLosesNullAgainAndAgainDoesNotMakeAnEndlessChangeset() {
        ByteString numbers = ByteString.of("numbers");
        ObjectKey rex = new ObjectKey.Str(ByteString.of("rex"));
        apply(new Instruction.AddColumn(DOG, numbers, TypeCode.INT, true, CollectionType.SET, null, null),
                create("rex"));
        List<Instruction> changes = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            changes.add(new Instruction.SetInsert(DOG, rex, numbers, List.of(), new Value.Int(i)));
        }
        for (int i = 0; i < 101; i++) {
            changes.add(new Instruction.SetInsert(DOG, rex, numbers, List.of(), Value.Marker.NULL));
            changes.add(new Instruction.SetErase(DOG, rex, numbers, List.of(), Value.Marker.NULL, null));
        }
        assertThatThrownBy(() -> apply(changes.toArray(Instruction[]::new))).isInstanceOf(ApplyException.class);
        apply(changes.subList(0, 1_010).toArray(Instruction[]::new));
    }

    @Test
    void drainedChangeStaysVisibleUntilTheStoreShowsIt() {
        apply(create("rex"), update("rex", 3));
        Drained drained = state.drain();
        state.clear();
        assertThat(age("rex")).isEqualTo("3");

        store.stored.write(drained);
        state.settled(drained.generation());
        state.clear();
        assertThat(age("rex")).isEqualTo("3");
    }

    @Test
    void objectThatChangedAgainWhileItsFirstChangeSettledKeepsTheSecond() {
        apply(create("rex"), update("rex", 1));
        Drained first = state.drain();
        apply(update("rex", 2));
        store.stored.write(first);
        state.settled(first.generation());
        state.clear();

        assertThat(age("rex")).isEqualTo("2");
    }

    @Test
    void rollbackGoesBackToTheLastDrain() {
        apply(create("rex"), update("rex", 1));
        Drained drained = state.drain();
        apply(update("rex", 2), create("max"), column(ByteString.of("more"), TypeCode.INT));
        state.rollback();

        assertThat(state.isDirty()).isFalse();
        assertThat(age("rex")).isEqualTo("1");
        assertThat(state.hasObject(DOG, key("max"))).isFalse();
        assertThat(drained.changes()).hasSize(1);
        assertThat(state.drain().changes()).isEmpty();
    }

    @Test
    void refusedChangesetNamesReasonAndInstructionAndLeavesNothing() {
        assertThatThrownBy(() -> apply(create("rex"), update("max", 1)))
                .isInstanceOfSatisfying(ApplyException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_OBJECT);
                    assertThat(e.instruction()).isEqualTo(1);
                });
        assertThat(state.hasObject(DOG, key("rex"))).isFalse();
        assertThat(state.isDirty()).isFalse();
    }

    @Test
    void addedColumnTouchesNoObject() {
        apply(create("rex"));
        settle();
        apply(column(ByteString.of("more"), TypeCode.INT));

        assertThat(state.drain().changes())
                .allMatch(change -> change instanceof StateChange.Put put && put.key()[0] != 'O');
        assertThat(field("rex", "more").required("int").stringValue()).isEqualTo("0");
    }

    @Test
    void columnThatWasErasedAndAddedAgainShowsNoOldValue() {
        apply(create("rex"), update("rex", 3));
        settle();
        state.clear();
        apply(new Instruction.EraseColumn(DOG, AGE), column(AGE, TypeCode.INT));
        settle();

        assertThat(age("rex")).isEqualTo("0");
        assertThat(fresh().toJson()).isEqualTo(state.toJson());
    }

    @Test
    void columnWhoseErasureIsTakenBackKeepsTheValuesOfObjectsReadMeanwhile() {
        apply(create("rex"), update("rex", 3));
        settle();
        state.clear();
        apply(new Instruction.EraseColumn(DOG, AGE));
        assertThat(state.hasObject(DOG, key("rex"))).isTrue();
        state.rollback();

        assertThat(age("rex")).isEqualTo("3");
    }

    @Test
    void classThatIsAddedAgainAfterARollbackStoresItsObjects() {
        ByteString cat = ByteString.of("Cat");
        ObjectKey tom = new ObjectKey.Global(2, 1);
        for (int attempt = 0; attempt < 2; attempt++) {
            state.rollback();
            apply(
                    new Instruction.AddTable(cat, TableKind.TOP_LEVEL, PrimaryKey.NONE),
                    new Instruction.CreateObject(cat, tom));
        }
        settle();

        assertThat(fresh().hasObject(cat, tom)).isTrue();
    }

    @Test
    void classThatWasErasedAndAddedAgainIsEmpty() {
        apply(create("rex"));
        settle();
        apply(
                new Instruction.EraseTable(DOG),
                new Instruction.AddTable(
                        DOG, TableKind.TOP_LEVEL, new PrimaryKey(ByteString.of("_id"), TypeCode.STRING, true)));
        settle();

        assertThat(state.objects(DOG, null, 10).objects()).isEmpty();
        assertThat(store.stored.values().keySet()).noneMatch(key -> key[0] == 'O');
    }

    @Test
    void nothingIsRememberedOnceSettledAndCleared() {
        apply(create("rex"));
        settle();
        state.clear();
        store.reads = 0;

        assertThat(state.hasObject(DOG, key("rex"))).isTrue();
        assertThat(store.reads).isEqualTo(2);
    }

    @Test
    void cacheKeepsToItsSize() {
        ObjectState small = new ObjectState(store, 2_000);
        for (int i = 0; i < 100; i++) {
            apply(create("dog" + i));
        }
        settle();
        for (int round = 0; round < 2; round++) {
            store.reads = 0;
            for (int i = 0; i < 100; i++) {
                assertThat(small.hasObject(DOG, key("dog" + i))).isTrue();
            }
            assertThat(store.reads).isGreaterThanOrEqualTo(100);
        }
    }

    @Test
    void pagesShowEveryObjectOnceInOrder() {
        List<String> names = new ArrayList<>(List.of("x".repeat(600), "x".repeat(600) + "y", ""));
        for (int i = 10; i < 40; i++) {
            names.add("dog" + i);
        }
        Collections.shuffle(names, new Random(1));
        for (int i = 0; i < names.size(); i++) {
            apply(create(names.get(i)));
            if (i == 20) {
                settle();
            }
        }
        apply(new Instruction.EraseObject(DOG, key("dog15")));

        List<JsonNode> seen = new ArrayList<>();
        ObjectKey after = null;
        do {
            ObjectState.Page page = state.objects(DOG, after, 7);
            page.objects().forEach(object -> seen.add(object.required("pk").required("string")));
            after = page.next();
        } while (after != null);

        names.remove("dog15");
        Collections.sort(names);
        assertThat(seen).extracting(JsonNode::stringValue).containsExactlyElementsOf(names);
    }

    @Test
    void counterAddsToTheDefault() {
        apply(create("rex"), new Instruction.AddInteger(DOG, key("rex"), AGE, List.of(), 5));

        assertThat(age("rex")).isEqualTo("5");
    }

    @Test
    void nestingIsBoundedAndWhatIsAllowedCanBeStored() {
        apply(create("rex"));
        List<PathElement> path = new ArrayList<>();
        apply(new Instruction.Update(DOG, key("rex"), ANY, List.copyOf(path), Value.Marker.LIST, 0, false));
        for (int depth = 0; depth < PathResolver.MAX_LENGTH; depth++) {
            path.add(new PathElement.Index(0));
            apply(new Instruction.ArrayInsert(
                    DOG, key("rex"), ANY, List.copyOf(path), Value.Marker.LIST, 0));
        }
        path.add(new PathElement.Index(0));
        assertThatThrownBy(() -> apply(new Instruction.ArrayInsert(
                        DOG, key("rex"), ANY, List.copyOf(path), Value.Marker.LIST, 0)))
                .isInstanceOf(ApplyException.class);
        settle();

        assertThat(fresh().object(DOG, key("rex"))).isEqualTo(state.object(DOG, key("rex")));
    }

    @Test
    void corruptStateIsReportedAsSuch() {
        apply(create("rex"), update("rex", 3));
        apply(new Instruction.Update(DOG, key("rex"), ANY, List.of(), Value.Marker.DICTIONARY, 0, false));
        apply(new Instruction.Update(
                DOG,
                key("rex"),
                ANY,
                List.of(new PathElement.Key(ByteString.of("k"))),
                new Value.Link(DOG, key("rex")),
                0,
                false));
        settle();
        Random random = new Random(7);
        int corrupt = 0;
        for (Map.Entry<byte[], byte[]> entry : store.stored.values().entrySet()) {
            byte[] good = entry.getValue();
            for (int i = 0; i < 300; i++) {
                byte[] bad = good.clone();
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                entry.setValue(bad);
                corrupt += isCorrupt() ? 1 : 0;
            }
            entry.setValue(good);
        }
        assertThat(corrupt).isGreaterThan(100);
    }

    private boolean isCorrupt() {
        try {
            fresh().toJson();
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private void apply(Instruction... instructions) {
        state.apply(new Changeset(List.of(), List.of(instructions)));
    }

    private void settle() {
        Drained drained = state.drain();
        store.stored.write(drained);
        state.settled(drained.generation());
    }

    private ObjectState fresh() {
        return new ObjectState(store.stored);
    }

    private String age(String name) {
        return field(name, "age").required("int").stringValue();
    }

    private JsonNode field(String name, String field) {
        ObjectNode object = Objects.requireNonNull(state.object(DOG, key(name)), name);
        return object.required("fields").required(field);
    }

    private static ObjectKey key(String name) {
        return new ObjectKey.Str(ByteString.of(name));
    }

    private static Instruction create(String name) {
        return new Instruction.CreateObject(DOG, key(name));
    }

    private static Instruction update(String name, long age) {
        return new Instruction.Update(DOG, key(name), AGE, List.of(), new Value.Int(age), 0, false);
    }

    private static Instruction column(ByteString name, TypeCode type) {
        return new Instruction.AddColumn(DOG, name, type, false, CollectionType.SINGLE, null, null);
    }
}
