// SPDX-License-Identifier: Apache-2.0
package org.openros.changeset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A folder of changeset vectors. */
record VectorFolder(Path path) {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    /** One file of vectors. */
    record VectorFile(String name, String kind, List<JsonNode> vectors) {}

    /**
     * The folder {@code changesets/} in the one that the property ros.vectors names; without it the project's own copy.
     */
    static VectorFolder configured() {
        String configured = System.getProperty("ros.vectors", "");
        if (configured.isEmpty()) {
            return own();
        }
        Path base = Path.of(System.getProperty("ros.vectors.base", ""));
        return new VectorFolder(base.resolve(configured).resolve("changesets"));
    }

    /** The project's own copy. */
    static VectorFolder own() {
        URL url = Objects.requireNonNull(VectorFolder.class.getResource("/vectors/changesets"));
        try {
            return new VectorFolder(Path.of(url.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All files in the order of their names. */
    List<VectorFile> files() {
        try (Stream<Path> paths = Files.walk(path)) {
            return paths.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.endsWith("index.json"))
                    .sorted(Comparator.naturalOrder())
                    .map(this::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no vectors in " + path.toAbsolutePath(), e);
        }
    }

    private VectorFile read(Path file) {
        JsonNode content = MAPPER.readTree(file.toFile());
        List<JsonNode> vectors = content.required("vectors").valueStream().toList();
        return new VectorFile(path.relativize(file).toString(), content.required("kind").stringValue(), vectors);
    }
}
