// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.math.BigInteger;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openros.changeset.Instruction.PrimaryKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ChangesetTextTest {
    private static final ByteString T = name("T");
    private static final ByteString F = name("f");
    private static final ObjectKey ONE = new ObjectKey.Int(1);
    private static final ObjectKey UUID_KEY = new ObjectKey.Uuid(new UUID(0x1234_5678_9abc_4defL, 1));
    private static final PathElement FIRST = new PathElement.Index(0);
    private static final PathElement KEY = new PathElement.Key(name("k"));

    static Stream<Arguments> schema() {
        PrimaryKey id = new PrimaryKey(name("_id"), TypeCode.UUID, false);
        PrimaryKey nullable = new PrimaryKey(name("_id"), TypeCode.STRING, true);
        return Stream.of(
                arguments(new Instruction.AddTable(T, TableKind.TOP_LEVEL, id), "AddTable T key _id:uuid"),
                arguments(
                        new Instruction.AddTable(T, TableKind.ASYMMETRIC, nullable),
                        "AddTable T key _id:string? asymmetric"),
                arguments(new Instruction.AddTable(T, TableKind.EMBEDDED, null), "AddTable T embedded"),
                arguments(new Instruction.AddTable(T, TableKind.TOP_LEVEL, PrimaryKey.NONE), "AddTable T keyless"),
                arguments(new Instruction.EraseTable(name("a\nb")), "EraseTable \"a\\u000ab\""),
                arguments(
                        new Instruction.AddColumn(T, F, TypeCode.LINK, false, CollectionType.LIST, name("Line"), null),
                        "AddColumn T.f : list<link Line>"),
                arguments(
                        new Instruction.AddColumn(
                                T, F, TypeCode.NULL, true, CollectionType.DICTIONARY, null, TypeCode.STRING),
                        "AddColumn T.f : dictionary<mixed?>"),
                arguments(new Instruction.EraseColumn(T, F), "EraseColumn T.f"));
    }

    static Stream<Arguments> objects() {
        return Stream.of(
                arguments(
                        new Instruction.CreateObject(T, UUID_KEY),
                        "CreateObject T[uuid 12345678-9abc-4def-0000-000000000001]"),
                arguments(new Instruction.EraseObject(T, new ObjectKey.Global(9, 1)), "EraseObject T[{0009-0001}]"),
                arguments(
                        update(List.of(KEY, FIRST), text("p1"), 2, false),
                        "Update T[1].f[\"k\"][0] = \"p1\" (size 2)"),
                arguments(update(List.of(), Value.Marker.LIST, 0, false), "Update T[1].f = <list>"),
                arguments(update(List.of(), text("dark"), 0, true), "Update T[1].f = \"dark\" (default)"),
                arguments(
                        update(List.of(), new Value.Timestamp(-1, -500_000_000), 0, false), "Update T[1].f = @-1.5"),
                arguments(
                        new Instruction.AddInteger(T, ObjectKey.Null.KEY, F, List.of(), 3),
                        "AddInteger T[null].f += 3"),
                arguments(
                        new Instruction.ArrayInsert(T, ONE, F, List.of(FIRST), Value.Marker.OBJECT, 2),
                        "ArrayInsert T[1].f[0] = <object> (size 2)"),
                arguments(
                        new Instruction.ArrayMove(T, ONE, F, List.of(FIRST), 2, 3),
                        "ArrayMove T[1].f[0] -> 2 (size 3)"),
                arguments(new Instruction.ArrayErase(T, ONE, F, List.of(FIRST), 3), "ArrayErase T[1].f[0] (size 3)"),
                arguments(new Instruction.Clear(T, ONE, F, List.of(), CollectionType.SET), "Clear T[1].f as set"),
                arguments(
                        new Instruction.SetInsert(T, ONE, F, List.of(), new Value.Link(T, ONE)),
                        "SetInsert T[1].f + T[1]"),
                arguments(
                        new Instruction.SetErase(
                                T, ONE, F, List.of(), new Value.Decimal(BigInteger.valueOf(150), -2, true), null),
                        "SetErase T[1].f - -1.50m"));
    }

    @ParameterizedTest
    @MethodSource({"schema", "objects"})
    void instructionIsOneLine(Instruction instruction, String line) {
        assertThat(ChangesetText.of(instruction)).isEqualTo(line);
    }

    private static Instruction update(List<PathElement> path, Value value, long priorSize, boolean isDefault) {
        return new Instruction.Update(T, ONE, F, path, value, priorSize, isDefault);
    }

    private static Value text(String text) {
        return new Value.Str(name(text));
    }

    private static ByteString name(String text) {
        return ByteString.of(text);
    }
}
