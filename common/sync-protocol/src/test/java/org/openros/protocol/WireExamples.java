// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The examples of the specification. */
final class WireExamples {
    private WireExamples() {}

    /** The examples of one kind: C from clients, S from servers, F of flexible sync. */
    static List<String> of(char kind) {
        try (InputStream in = Objects.requireNonNull(WireExamples.class.getResourceAsStream("wire.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.charAt(0) == kind)
                    .map(line -> line.substring(2))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String example) {
        return example.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] message) {
        return new String(message, StandardCharsets.UTF_8).replace("\n", "\\n");
    }
}
