// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openros.changeset.VectorFolder.VectorFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The vectors that come with the changeset format, section 9: one test for each. */
class ChangesetVectorsTest {
    private final VectorFolder folder = VectorFolder.configured();

    @Test
    void folderHasVectors() {
        assertThat(folder.files()).as("files in %s", folder).isNotEmpty().noneMatch(file -> file.vectors()
                .isEmpty());
    }

    @TestFactory
    Stream<DynamicContainer> everyVectorHolds() {
        return folder.files().stream().map(file -> DynamicContainer.dynamicContainer(file.name(), tests(file)));
    }

    private static Stream<DynamicTest> tests(VectorFile file) {
        return file.vectors().stream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.required("name").stringValue(), () -> check(file.kind(), vector)));
    }

    private static void check(String kind, JsonNode vector) {
        switch (kind) {
            case "valid" -> valid(vector);
            case "lenient" -> lenient(vector);
            case "malformed" -> malformed(vector);
            case "captured" -> captured(vector);
            case "state" -> StateVectors.state(vector);
            case "apply-error" -> StateVectors.applyError(vector);
            default -> throw new AssertionError("unknown kind of vector: " + kind);
        }
    }

    private static void valid(JsonNode vector) {
        decodesAsGiven(vector);
        assertThat(encoded(ChangesetJson.readChangeset(vector))).isEqualTo(text(vector, "hex"));
        assertThat(encoded(parsed(vector))).isEqualTo(text(vector, "hex"));
    }

    private static void lenient(JsonNode vector) {
        if (text(vector, "advice").equals("accept") || parses(vector)) {
            decodesAsGiven(vector);
            assertThat(encoded(parsed(vector))).isEqualTo(text(vector, "reencoded"));
        }
    }

    private static boolean parses(JsonNode vector) {
        try {
            parsed(vector);
            return true;
        } catch (MalformedChangesetException e) {
            return false;
        }
    }

    private static void malformed(JsonNode vector) {
        assertThatThrownBy(() -> parsed(vector)).isInstanceOf(MalformedChangesetException.class);
    }

    private static void captured(JsonNode vector) {
        for (JsonNode changeset : vector.required("changesets")) {
            decodesAsGiven(changeset);
            assertThat(encoded(parsed(changeset))).isEqualTo(text(changeset, "reencoded"));
        }
        StateVectors.captured(vector);
    }

    private static void decodesAsGiven(JsonNode vector) {
        Changeset changeset = parsed(vector);
        ObjectNode written = ChangesetJson.write(changeset);

        assertThat(written.required("strings")).isEqualTo(vector.required("strings"));
        if (vector.has("instructions")) {
            assertThat(written.required("instructions")).isEqualTo(plain(vector.required("instructions")));
            assertThat(ChangesetJson.write(ChangesetJson.readInstructions(vector.required("instructions"))))
                    .isEqualTo(written.required("instructions"));
        } else {
            JsonNode first = plain(vector.required("firstInstructions"));
            assertThat(changeset.instructions())
                    .hasSize(vector.required("instructionCount").intValue());
            assertThat(ChangesetJson.write(changeset.instructions().subList(0, first.size())))
                    .isEqualTo(first);
        }
    }

    /** Without the members that only people read. */
    private static ArrayNode plain(JsonNode instructions) {
        ArrayNode copy = ((ArrayNode) instructions).deepCopy();
        for (JsonNode node : copy.findParents("approx")) {
            ((ObjectNode) node).remove("approx");
        }
        return copy;
    }

    /** A large changeset is what a small one is. */
    static Changeset parsed(JsonNode vector) {
        byte[] bytes = HexFormat.of().parseHex(text(vector, "hex"));
        Changeset changeset = ChangesetParser.parse(bytes);
        assertThat(ChangesetParser.parseEncoded(bytes)).isEqualTo(changeset);
        return changeset;
    }

    private static String encoded(Changeset changeset) {
        return HexFormat.of().formatHex(ChangesetEncoder.encode(changeset));
    }

    private static String text(JsonNode vector, String member) {
        return vector.required(member).stringValue();
    }

    /** Refused by the parser although clients take it. */
    @TestFactory
    Stream<DynamicTest> carelessReadingsOfClientsAreRefused() {
        return List.of(
                        "04000101010180808080100005",
                        "80020001",
                        "04000101010081020500",
                        "0200404142",
                        "040001010100024100",
                        "04000101010008ffffffffffffffffffffffffffffffff01000000",
                        "04000101010005018094ebdc0300",
                        "04000101010005014000")
                .stream()
                .map(hex -> DynamicTest.dynamicTest(hex, () -> assertThatThrownBy(
                                () -> ChangesetParser.parse(HexFormat.of().parseHex("3f0001543f0101663f02016b" + hex)))
                        .isInstanceOf(MalformedChangesetException.class)));
    }
}
