// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.frame.Role;
import org.openros.replication.operator.Alarm;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import static org.assertj.core.api.Assertions.assertThat;

class DocumentationTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)(?:\\.\\w+)?`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");

    @Test
    void linksLeadSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                if (!link.group(1).contains("://") && !Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(PROJECT.relativize(page) + " -> " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> root = Files.list(PROJECT); Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            return Stream.concat(root, docs).filter(path -> path.toString().endsWith(".md")).toList();
        }
    }

    /** A page that says which test shows something, above all the one on security, names one that is there. */
    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        Set<String> tests = tests();
        List<String> missing = new ArrayList<>();
        for (Path page : pages()) {
            TEST.matcher(Files.readString(page)).results()
                    .filter(name -> !tests.contains(name.group(1)))
                    .forEach(name -> missing.add(PROJECT.relativize(page) + " -> " + name.group(1)));
        }

        assertThat(missing).isEmpty();
    }

    /** The names of all classes of tests in the tree. */
    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.find(PROJECT, 40,
                (path, attributes) -> path.toString().endsWith("Test.java"))) {
            return files.map(file -> file.getFileName().toString().replace(".java", "")).collect(Collectors.toSet());
        }
    }

    @Test
    void everyOptionOfStartIsDescribedWithItsDefault() throws IOException {
        String page = Files.readString(PROJECT.resolve("docs/operation.md"));

        for (OptionSpec option : new CommandLine(new StartCommand()).getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                String shown = option.defaultValue() == null ? "(any|-)" : Pattern.quote(option.defaultValue());
                assertThat(page).containsPattern("\\| `" + option.longestName() + "` \\| " + shown + " \\|");
            }
        }
    }

    @Test
    void everyAlarmIsExplainedAndNoOther() throws IOException {
        assertThat(entries("Alarms")).containsExactlyInAnyOrder(Stream.of(Alarm.Kind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toArray(String[]::new));
    }

    @Test
    void everyRefusalIsExplainedAndNoOther() throws IOException {
        assertThat(entries("Refusals")).containsExactlyInAnyOrder(
                Stream.of(RefusalReason.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void everyRoleIsExplainedAndNoOther() throws IOException {
        assertThat(entries("Roles")).containsExactlyInAnyOrder(
                Stream.of(Role.values()).map(role -> role.name().toLowerCase(Locale.ROOT)).toArray(String[]::new));
    }

    /** The first cells of the rows of the table in a section of the page on alarms. */
    private static List<String> entries(String section) throws IOException {
        String page = Files.readString(PROJECT.resolve("docs/operations/alarms.md"));
        Matcher text = Pattern.compile("(?s)\n## " + section + "\n(.*?)(\n## |$)").matcher(page);
        assertThat(text.find()).isTrue();
        return Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(text.group(1)).results().map(row -> row.group(1))
                .toList();
    }

    @Test
    void everyExitCodeIsDescribed() throws IOException {
        String page = Files.readString(PROJECT.resolve("docs/operation.md"));

        for (ExitStatus status : ExitStatus.values()) {
            assertThat(page).contains("\n| " + status.code() + " | ");
        }
    }
}
