// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON notation of changesets, instructions, object keys and values (changeset format, section 6.1), both ways.
 * Writing and reading back gives the same thing, except for the positions that only parsed bytes have. Readers take no
 * more than the parser of the bytes would, ignore members named {@code approx}, and throw {@link NotationException}.
 */
public final class ChangesetJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private ChangesetJson() {}

    /** A changeset with its string table. */
    public static ObjectNode write(Changeset changeset) {
        ObjectNode node = NODES.objectNode();
        ArrayNode strings = node.putArray("strings");
        changeset.strings().forEach(string -> strings.add(write(string)));
        node.set("instructions", write(changeset.instructions()));
        return node;
    }

    /** Instructions in their order. */
    public static ArrayNode write(List<Instruction> instructions) {
        ArrayNode node = NODES.arrayNode(instructions.size());
        instructions.forEach(instruction -> node.add(write(instruction)));
        return node;
    }

    /** One instruction. */
    public static ObjectNode write(Instruction instruction) {
        return InstructionJson.write(instruction);
    }

    /** An object key; the null key is JSON null. */
    public static JsonNode write(ObjectKey key) {
        return ValueJson.write(key);
    }

    /** A value; null is JSON null. */
    public static JsonNode write(Value value) {
        return ValueJson.write(value);
    }

    /** A name: a JSON string, or its bytes in hexadecimal if they are not UTF-8. */
    public static JsonNode write(ByteString name) {
        return ValueJson.write(name);
    }

    /** Reads a changeset. Without the member {@code strings} its string table is empty. */
    public static Changeset readChangeset(JsonNode node) {
        List<ByteString> strings =
                node.has("strings") ? JsonMembers.list(node, "strings", ValueJson::readName) : List.of();
        return new Changeset(strings, JsonMembers.list(node, "instructions", InstructionJson::read));
    }

    /** Reads instructions from an array. */
    public static List<Instruction> readInstructions(JsonNode node) {
        return JsonMembers.list(node, InstructionJson::read);
    }

    /** Reads one instruction. */
    public static Instruction readInstruction(JsonNode node) {
        return InstructionJson.read(node);
    }

    /** Reads an object key. */
    public static ObjectKey readKey(JsonNode node) {
        return ValueJson.readKey(node);
    }

    /** Reads a value. */
    public static Value readValue(JsonNode node) {
        return ValueJson.readValue(node);
    }

    /** Reads a name. */
    public static ByteString readName(JsonNode node) {
        return ValueJson.readName(node);
    }
}
