// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetParser;
import org.openros.changeset.Instruction;
import org.openros.changeset.Instruction.SetErase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The recorded behaviour of the stock library: the module's own copy, or the folder {@code merge} in the folder that
 * the system property {@code ros.vectors} names.
 */
final class MergeVectors {
    private static final JsonMapper JSON = new JsonMapper();

    private MergeVectors() {}

    /** One vector and the file it stands in. */
    record Vector(String file, JsonNode content) {
        @Override
        public String toString() {
            return file + " " + content.path("name").asString();
        }
    }

    static List<Vector> ofKind(String kind) {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .flatMap(file -> read(file, kind))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String configured = System.getProperty("ros.vectors", "");
        if (configured.isEmpty()) {
            return Path.of("src", "test", "resources", "vectors", "merge");
        }
        return Path.of(System.getProperty("ros.vectors.base", "")).resolve(configured).resolve("merge");
    }

    private static Stream<Vector> read(Path file, String kind) {
        JsonNode content = JSON.readTree(file.toFile());
        if (!content.path("kind").asString("").equals(kind)) {
            return Stream.empty();
        }
        String name = file.getFileName().toString();
        return elements(content.path("vectors")).map(vector -> new Vector(name, vector));
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asString());
    }

    static Changeset changeset(JsonNode hex) {
        return ChangesetParser.parse(bytes(hex));
    }

    /** Instructions without what does not show in the notation: positions differ with the order of the string table. */
    static List<Instruction> comparable(Changeset changeset) {
        return changeset.instructions().stream().map(MergeVectors::comparable).toList();
    }

    private static Instruction comparable(Instruction instruction) {
        return instruction instanceof SetErase i
                ? new SetErase(i.table(), i.key(), i.field(), i.path(), i.value(), null)
                : instruction;
    }
}
