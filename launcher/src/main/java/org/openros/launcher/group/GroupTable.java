// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.openros.launcher.group.GroupSurvey.Answer;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The status of a group as people read it. */
final class GroupTable {
    private static final String FORM = "%-12s %-8s %7s %12s %12s %6s";

    private final GroupSurvey survey;
    private final int nameWidth;

    private GroupTable(GroupSurvey survey) {
        this.survey = survey;
        nameWidth = survey.answers().stream().mapToInt(answer -> answer.name().length()).max().orElse(0);
    }

    /** A line for each worker, what the lock service holds, and what there is to worry about. */
    static String of(GroupSurvey survey) {
        return new GroupTable(survey).text();
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add(row("NODE", "ROLE", "IN STEP", "EPOCH", "COMMITTED", "LAST", "LAG"));
        survey.answers().forEach(answer -> lines.add(row(answer)));
        lines.addAll(record(body(survey.any()).path("record")));
        survey.answers().forEach(answer -> lines.addAll(worries(answer)));
        return String.join("\n", lines);
    }

    private static JsonNode body(Answer answer) {
        Reply reply = answer.reply();
        return reply != null && reply.ok() ? reply.body() : MissingNode.getInstance();
    }

    private String row(Answer answer) {
        JsonNode body = body(answer);
        return row(answer.name(), text(body.path("role")), text(body.path("inStep")), text(body.path("epoch")),
                text(body.path("committed")), text(body.path("last").path("seq")), lag(body));
    }

    /** As its master sees a follower; it may not know itself how much there is. */
    private String lag(JsonNode body) {
        return survey.answers().stream()
                .map(GroupTable::body)
                .filter(other -> other.path("role").asString("").equals("master"))
                .flatMap(master -> master.path("followers").valueStream())
                .filter(follower -> follower.path("node").asString("").equals(body.path("node").asString("-")))
                .map(follower -> text(follower.path("lag")))
                .findFirst()
                .orElse(text(body.path("lag")));
    }

    private String row(String name, Object... cells) {
        return name + " ".repeat(Math.max(0, nameWidth - name.length())) + "  " + FORM.formatted(cells);
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "-" : value.asString();
    }

    private static List<String> record(JsonNode record) {
        if (!record.isObject()) {
            return List.of();
        }
        String members = record.path("members")
                .valueStream()
                .map(member -> text(member.path("node")))
                .sorted()
                .collect(Collectors.joining(", "));
        return List.of("", "Record: epoch " + text(record.path("epoch")) + ", promoted last "
                + text(record.path("master"))
                + ", members " + members + " (" + text(record.path("reason")) + ")");
    }

    private static List<String> worries(Answer answer) {
        List<String> lines = new ArrayList<>();
        JsonNode body = body(answer);
        if (!answer.ok()) {
            lines.add(answer.summary());
        }
        body.path("alarms").valueStream().forEach(alarm -> lines.add(
                answer.name() + ": " + text(alarm.path("kind")) + ": " + text(alarm.path("message"))));
        boolean waits = lines.isEmpty() && body.path("inStep").isBoolean() && !body.path("inStep").booleanValue();
        return waits ? List.of(answer.name() + ": " + text(body.path("whyNotServing"))) : lines;
    }
}
