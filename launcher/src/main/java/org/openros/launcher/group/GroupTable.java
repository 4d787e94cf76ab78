// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.group.GroupSurvey.Answer;
import org.openros.launcher.operator.NodeStatus;

/** The status of a group as people read it. */
final class GroupTable {
    private static final String FORM = "%-24s %-12s %7s %12s %6s";

    private GroupTable() {}

    static String of(GroupSurvey survey) {
        String rows = survey.answers().stream().map(GroupTable::row).collect(Collectors.joining("\n"));
        return FORM.formatted("NODE", "ROLE", "EPOCH", "COMMITTED", "LAG") + "\n" + rows + problems(survey.answers());
    }

    private static String row(Answer answer) {
        NodeStatus status = answer.status();
        return FORM.formatted(answer.name(), text(status.role()), text(status.epoch()), text(status.committed()),
                text(status.lag()));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String problems(List<Answer> answers) {
        return answers.stream()
                .filter(answer -> !answer.ok())
                .map(answer -> "\n" + answer.summary())
                .collect(Collectors.joining());
    }
}
