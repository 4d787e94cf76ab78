// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Lines and columns for people. */
final class Columns {
    private Columns() {}

    /** A line for each element; a field {@code a.b} is the fields {@code b} of the elements of {@code a}. */
    static String of(List<JsonNode> elements, String... fields) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(Arrays.stream(fields).map(Columns::title).toList());
        elements.forEach(element -> rows.add(Arrays.stream(fields).map(field -> value(element, field)).toList()));
        return lines(rows);
    }

    /** A line for each field. */
    static String of(JsonNode thing) {
        List<List<String>> rows = new ArrayList<>();
        thing.properties().forEach(field -> rows.add(List.of(field.getKey(), text(field.getValue()))));
        return lines(rows);
    }

    private static String title(String field) {
        String last = field.substring(field.lastIndexOf('.') + 1);
        return last.replaceAll("([a-z])([A-Z])", "$1 $2").toUpperCase(Locale.ROOT);
    }

    private static String value(JsonNode element, String field) {
        int dot = field.indexOf('.');
        return dot < 0
                ? text(element.path(field))
                : element.path(field.substring(0, dot))
                        .valueStream()
                        .map(each -> text(each.path(field.substring(dot + 1))))
                        .collect(Collectors.joining(","));
    }

    /** Without control characters: a name may have any, and a terminal may obey them. */
    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "-";
        }
        String text = value.isValueNode() ? value.asString() : value.isObject() ? fields(value) : value.toString();
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /** The fields of an object with their names; how far a job is, as in {@code 3/7 realms}. */
    private static String fields(JsonNode object) {
        if (object.has("done") && object.has("total") && object.has("unit")) {
            return object.path("done").asString() + '/' + object.path("total").asString() + ' '
                    + object.path("unit").asString();
        }
        return object.toString();
    }

    private static String lines(List<List<String>> rows) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
