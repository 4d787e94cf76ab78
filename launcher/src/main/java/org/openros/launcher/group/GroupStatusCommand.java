// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.group.GroupSurvey.Answer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Shows how each worker sees itself and the group. */
@Command(name = "status",
        description = "Shows how each worker sees itself and the group. Ends with 4 if none can be asked.",
        mixinStandardHelpOptions = true)
final class GroupStatusCommand implements Callable<Integer> {
    @Mixin
    private GroupOptions options = new GroupOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls anything
    private CommandSpec spec;

    @Override
    public Integer call() {
        GroupSurvey survey = options.access(spec.commandLine().getErr()).survey();
        survey.any();
        spec.commandLine().getOut().println(options.json() ? json(survey) : GroupTable.of(survey));
        return ExitStatus.OK.code();
    }

    /** What the workers say; null for those that do not answer. */
    private static String json(GroupSurvey survey) {
        Map<String, Object> nodes = new LinkedHashMap<>();
        for (Answer answer : survey.answers()) {
            nodes.put(answer.name(), answer.reply() == null || !answer.ok() ? null : answer.reply().body());
        }
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(Map.of("nodes", nodes));
    }
}
