// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.admin;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openros.launcher.ExitStatus;
import org.openros.launcher.StartFailure;
import org.openros.launcher.operator.AdminApi;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the interface for one command, and prints what it answers. */
public final class AdminCalls {
    private static final int PAGE = 500;
    private static final Set<String> UNFINISHED = Set.of("queued", "running");
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** How long a server may be away while a job is waited for. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final AdminOptions options;
    private final AdminApi api;
    private final PrintWriter out;

    AdminCalls(AdminOptions options, AdminApi api, PrintWriter out) {
        this.options = options;
        this.api = api;
        this.out = out;
    }

    /**
     * Calls a route for the app of the options.
     *
     * @param path below {@code /admin/v1}, its parts encoded
     * @param body written as JSON; null for none
     * @throws StartFailure if the server refuses, or does not answer
     */
    public JsonNode call(String method, String path, @Nullable Object body) {
        return call(method, path, Map.of("appId", options.app()), body);
    }

    private JsonNode call(String method, String path, Map<String, String> query, @Nullable Object body) {
        Reply reply;
        try {
            reply = api.call(method, path, query, body);
        } catch (IOException e) {
            throw new StartFailure(ExitStatus.UNREACHABLE, api.base() + " does not answer (" + e
                    + "): is the server running, and is --url right?", e);
        }
        if (!reply.ok()) {
            throw refusal(reply);
        }
        return reply.body();
    }

    private StartFailure refusal(Reply reply) {
        return switch (reply.status()) {
            case 401 -> new StartFailure(ExitStatus.REFUSED, "the server refuses the token (" + reply.reason()
                    + "): it is of another server, has expired or was revoked; give another with --token-file or "
                    + "--data");
            case 404 -> new StartFailure(ExitStatus.REFUSED, reply.body().isMissingNode() || !reply.body().has("type")
                    ? api.base() + " has no interface for administrators: is it a gateway?"
                    : reply.reason());
            case 502, 503, 504 -> new StartFailure(ExitStatus.UNREACHABLE, reply.reason() + ": try again in a moment");
            default -> new StartFailure(ExitStatus.REFUSED, reply.reason());
        };
    }

    /**
     * Waits until a job has ended, whoever works on it; a server that is away for a while is waited for too.
     *
     * @param told gets a line whenever the job has got on
     * @return the job at its end
     */
    public JsonNode follow(String id, PrintWriter told) throws InterruptedException {
        String path = "/jobs/" + AdminApi.encoded(id);
        String last = "";
        long answered = System.nanoTime();
        while (true) {
            try {
                JsonNode job = call("GET", path, null);
                answered = System.nanoTime();
                if (!UNFINISHED.contains(job.path("state").asString(""))) {
                    return job;
                }
                last = tell(job, last, told);
            } catch (StartFailure e) {
                if (e.status() != ExitStatus.UNREACHABLE || System.nanoTime() - answered > PATIENCE.toNanos()) {
                    throw e;
                }
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static String tell(JsonNode job, String last, PrintWriter told) {
        JsonNode progress = job.path("progress");
        String line = progress.isMissingNode()
                ? job.path("state").asString("")
                : progress.path("done").asLong() + " of " + progress.path("total").asLong() + " "
                        + progress.path("unit").asString("");
        if (!line.equals(last)) {
            told.println(line);
            told.flush();
        }
        return line;
    }

    static boolean succeeded(JsonNode job) {
        return job.path("state").asString("").equals("succeeded");
    }

    /** Prints a job that has ended. */
    int printEnd(JsonNode job) {
        print(job);
        return (succeeded(job) ? ExitStatus.OK : ExitStatus.REFUSED).code();
    }

    /**
     * The elements of a list, page by page.
     *
     * @param most at most so many
     */
    List<JsonNode> list(String path, Map<String, String> filter, int most) {
        List<JsonNode> all = new ArrayList<>();
        Map<String, String> query = new LinkedHashMap<>(filter);
        query.put("appId", options.app());
        while (true) {
            query.put("limit", Integer.toString(Math.clamp(most - all.size(), 1, PAGE)));
            JsonNode page = call("GET", path, query, null);
            page.path("items").forEach(all::add);
            JsonNode next = page.path("nextCursor");
            if (!next.isString() || all.size() >= most) {
                return all;
            }
            query.put("cursor", next.stringValue());
        }
    }

    /** Prints a list: a line for each element with these fields, or all of it as JSON. */
    int print(List<JsonNode> elements, String... fields) {
        if (options.json()) {
            out.println(JsonMapper.shared().createObjectNode().set("items",
                    JsonMapper.shared().createArrayNode().addAll(elements)).toPrettyString());
        } else {
            out.print(Columns.of(elements, fields));
        }
        out.flush();
        return ExitStatus.OK.code();
    }

    /** Prints one thing: a line for each of its fields, or all of it as JSON. */
    int print(JsonNode thing) {
        out.print(options.json() ? thing.toPrettyString() + System.lineSeparator() : Columns.of(thing));
        out.flush();
        return ExitStatus.OK.code();
    }

    /** Says what was done. */
    int done(String what) {
        if (options.json()) {
            out.println("{}");
        } else {
            out.println(what);
        }
        out.flush();
        return ExitStatus.OK.code();
    }

    /**
     * Does something with each of several things, whatever becomes of the others.
     *
     * @param step does it, and says what was done
     * @return 0 if all, 3 if some was done; if nothing was, the code of the first failure
     */
    int each(List<String> things, PrintWriter err, Step step) {
        List<StartFailure> failures = new ArrayList<>();
        for (String thing : things) {
            try {
                done(step.apply(thing));
            } catch (StartFailure e) {
                failures.add(e);
                err.println("ros: " + thing + ": " + e.getMessage());
            }
        }
        if (failures.isEmpty()) {
            return ExitStatus.OK.code();
        }
        return failures.size() < things.size() ? ExitStatus.PARTLY.code() : failures.getFirst().status().code();
    }

    /** What is done with one thing. */
    interface Step {
        /** Does it and says what was done. */
        String apply(String thing);
    }
}
