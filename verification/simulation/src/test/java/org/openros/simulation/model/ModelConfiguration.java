// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A configuration file of the model.
 *
 * @param file absolute
 * @param text its content
 */
record ModelConfiguration(Path file, String text) {
    /** Where the model is. */
    static final Path FOLDER = Path.of("src", "test", "tla").toAbsolutePath();

    private static final Pattern LEAST =
            Pattern.compile("^\\\\\\* At least ([0-9]+) distinct states\\.$", Pattern.MULTILINE);
    private static final Pattern OFF = Pattern.compile("^ +Off = \\{(.*)}$", Pattern.MULTILINE);
    private static final Pattern INVARIANT = Pattern.compile("^INVARIANT (\\w+)$", Pattern.MULTILINE);

    /** Those in a folder beside the model, in the order of their names. */
    static List<ModelConfiguration> in(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".cfg"))
                    .sorted()
                    .map(ModelConfiguration::at)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ModelConfiguration at(Path file) {
        try {
            return new ModelConfiguration(file, Files.readString(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Of the file, without its ending. */
    String name() {
        return file.getFileName().toString().replace(".cfg", "");
    }

    /** Fewer states mean that the model cannot do what it is meant to do. */
    long leastStates() {
        return Long.parseLong(only(LEAST));
    }

    /** The one invariant that the file names. */
    String invariant() {
        return only(INVARIANT);
    }

    /** What is switched off, as the file lists it. */
    String off() {
        return only(OFF);
    }

    private String only(Pattern pattern) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(file + " has no " + pattern);
        }
        return matcher.group(1);
    }
}
