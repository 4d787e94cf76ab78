// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.group;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.admin.AdminCalls;
import org.openros.launcher.group.GroupSurvey.Answer;
import org.openros.launcher.operator.AdminApi;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the administrators' interface of a server.
 *
 * @param label name of the group
 * @param told gets a line whenever a comparison has got on
 */
record GroupOfServer(AdminCalls calls, String label, PrintWriter told) implements GroupAccess {
    private static final String NODE = "node";

    private String route(String rest) {
        return "/groups/" + AdminApi.encoded(label) + rest;
    }

    @Override
    public GroupSurvey survey() {
        JsonNode group = calls.call("GET", route(""), null);
        List<Answer> answers = new ArrayList<>();
        for (JsonNode node : group.path("nodes")) {
            boolean there = !node.path("role").asString("").equals("unreachable");
            answers.add(new Answer(node.path(NODE).asString(""), there ? new Reply(200, asOfWorker(group, node)) : null));
        }
        return new GroupSurvey(answers);
    }

    /** In the form in which the worker itself tells it, as far as the server knows it. */
    private static JsonNode asOfWorker(JsonNode group, JsonNode node) {
        ObjectNode own = (ObjectNode) node.deepCopy();
        own.remove("last");
        if (node.path("last").isNumber()) {
            own.putObject("last").set("seq", node.path("last"));
        }
        ArrayNode alarms = own.putArray("alarms");
        group.path("alarms").valueStream()
                .filter(alarm -> alarm.path(NODE).equals(node.path(NODE)))
                .forEach(alarm -> alarms.add(((ObjectNode) alarm.deepCopy()).without(NODE)));
        if (group.path("record").isObject()) {
            ObjectNode record = (ObjectNode) group.path("record").deepCopy();
            ArrayNode members = record.putArray("members");
            group.path("record").path("members").forEach(member -> members.addObject().set(NODE, member));
            own.set("record", record);
        }
        return own;
    }

    /** The server chooses whom the order is for if nobody is named. */
    @Override
    public Done order(String order, Receiver meant, @Nullable String node, Map<String, ?> arguments) {
        Map<String, Object> body = new LinkedHashMap<>(arguments);
        if (node != null) {
            body.put(NODE, node);
        }
        JsonNode done;
        try {
            done = calls.call("POST", route("/" + order), body);
        } catch (StartFailure e) {
            throw e.status() == ExitStatus.UNREACHABLE
                    ? new StartFailure(e.status(), e.getMessage() + "; ros group status shows what became of it", e)
                    : e;
        }
        return new Done(done.path(NODE).asString(""), new Reply(200, done));
    }

    @Override
    public Comparison compare() throws InterruptedException {
        JsonNode job = calls.follow(calls.call("POST", route("/verify"), null).path("jobId").asString(""), told);
        JsonNode nodes = job.path("result").path("nodes");
        if (nodes.isEmpty()) {
            throw new StartFailure(ExitStatus.UNREACHABLE, job.path("error").asString("the comparison was stopped"));
        }
        Map<String, String> hashes = new LinkedHashMap<>();
        nodes.properties().forEach(node -> hashes.put(node.getKey(), node.getValue().asString("")));
        return new Comparison(job.path("result").path("seq").asLong(), hashes);
    }
}
