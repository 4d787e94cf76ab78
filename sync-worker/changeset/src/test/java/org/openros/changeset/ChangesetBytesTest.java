// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openros.changeset.MalformedChangesetException.Code;
import org.openros.domain.FileIdent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ChangesetBytesTest {
    private static final String WORKED_EXAMPLE = "3f0003446f673f01035f69643f0204746167733f03037265783f0403616765"
            + "3f05056f776e65723f06016b3f0706506572736f6e"
            + "000000010300" + "060002030001" + "02000303" + "080003030201000304676f6f6400"
            + "04000303040001c04000" + "04000303050140060907010700";

    @Test
    void workedExampleOfTheFormatIsUnderstood() {
        Changeset changeset = parse(WORKED_EXAMPLE);

        assertThat(changeset.strings()).hasSize(8);
        assertThat(changeset.instructions()).hasSize(6);
        assertThat(changeset.instructions().getLast())
                .isEqualTo(new Instruction.Update(
                        name("Dog"),
                        new ObjectKey.Str(name("rex")),
                        name("owner"),
                        List.of(new PathElement.Key(name("k"))),
                        new Value.Link(name("Person"), new ObjectKey.Int(7)),
                        0,
                        false));
    }

    @Test
    void interleavedDeclarationsMoveToTheFront() {
        Changeset changeset = parse("3f000154020001013f0101660400010101000105003f020178030200");

        assertThat(hex(changeset)).startsWith("3f0001543f0101663f020178");
        assertThat(parse(hex(changeset))).isEqualTo(changeset);
    }

    @Test
    void declarationsWithoutInstructionsBecomeNoBytes() {
        assertThat(hex(parse("3f000154"))).isEmpty();
    }

    @Test
    void namesMissingInTheTableFollowInOrderOfUse() {
        Changeset changeset = new Changeset(
                List.of(name("unused")), List.of(new Instruction.EraseColumn(name("T"), name("f"))));

        assertThat(parse(hex(changeset)).strings()).containsExactly(name("unused"), name("T"), name("f"));
    }

    @Test
    void positionOfAnErasedStringCountsDeclarationsAndPayloadsBeforeIt() {
        Changeset changeset = parse("3f0001413f010273730c00010101000303666f6f0d00010101000303626172");

        assertThat(changeset.instructions().getLast())
                .extracting(i -> ((Instruction.SetErase) i).position())
                .isEqualTo(new Instruction.ValuePosition(6, -1, -1));
    }

    @Test
    void positionOfAnErasedLinkNamesTableAndKey() {
        Changeset changeset = parse("3f0001413f010273733f0201420d0001010100090203" + "01");

        assertThat(changeset.instructions().getLast())
                .extracting(i -> ((Instruction.SetErase) i).position())
                .isEqualTo(new Instruction.ValuePosition(4, 2, 1));
    }

    @Test
    void errorNamesCauseAndPlace() {
        assertThatThrownBy(() -> parse("3f0001540e00"))
                .isInstanceOfSatisfying(MalformedChangesetException.class, e -> {
                    assertThat(e.code()).isEqualTo(Code.UNKNOWN_INSTRUCTION);
                    assertThat(e.offset()).isEqualTo(5);
                });
    }

    @Test
    void partOfAnArrayIsReadWithoutItsSurroundings() {
        byte[] bytes = HexFormat.of().parseHex("ffff3f0001540100ff");

        assertThat(ChangesetParser.parse(bytes, 2, 6).instructions())
                .containsExactly(new Instruction.EraseTable(name("T")));
    }

    @Test
    void ownerReplacesTheCreatorZeroInKeysAndLinks() {
        ObjectKey mine = new ObjectKey.Global(0, 5);
        ObjectKey owned = new ObjectKey.Global(7, 5);
        ObjectKey foreign = new ObjectKey.Global(3, 5);
        ByteString t = name("T");
        Changeset changeset = new Changeset(
                List.of(),
                List.of(
                        new Instruction.CreateObject(t, mine),
                        new Instruction.SetInsert(t, foreign, name("s"), List.of(), new Value.Link(t, mine))));

        assertThat(changeset.withOwner(new FileIdent(7)).instructions())
                .containsExactly(
                        new Instruction.CreateObject(t, owned),
                        new Instruction.SetInsert(t, foreign, name("s"), List.of(), new Value.Link(t, owned)));
    }

    @Test
    void ownerKeepsAChangesetWithoutGeneratedKeys() {
        Changeset changeset = parse("3f0001540100");

        assertThat(changeset.withOwner(new FileIdent(7))).isSameAs(changeset);
    }

    /** Quadratic cost would take minutes. */
    @Test
    @Timeout(20)
    void stringsWithEqualHashesCostNoMoreThanOthers() {
        List<ByteString> strings = new ArrayList<>();
        for (int bits = 0; bits < 1 << 16; bits++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 16; i++) {
                text.append(((bits >> i) & 1) == 0 ? "Aa" : "BB");
            }
            strings.add(name(text.toString()));
        }
        byte[] bytes = ChangesetEncoder.encode(
                new Changeset(strings, List.of(new Instruction.EraseTable(strings.getFirst()))));

        assertThat(ChangesetParser.parse(bytes).strings()).hasSize(1 << 16);
    }

    private static Changeset parse(String hex) {
        return ChangesetParser.parse(HexFormat.of().parseHex(hex));
    }

    private static String hex(Changeset changeset) {
        return HexFormat.of().formatHex(ChangesetEncoder.encode(changeset));
    }

    private static ByteString name(String text) {
        return ByteString.of(text);
    }
}
