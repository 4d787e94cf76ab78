// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView;
import org.openros.cluster.Master;
import org.openros.core.metadata.MasterQuestions;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;
import org.openros.domain.token.ServiceTokens;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The workers behind their HTTP interface: the master of a group is asked, and the next one if it does not answer. */
final class WorkerRealmHosts implements RealmHosts {
    private static final String ROUTES = "/internal/v1/realms/";
    private static final String DIGEST = "X-Realm-Digest";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    /** Who asks for sizes can do without them. */
    private static final Duration BRIEF_PATIENCE = Duration.ofMillis(1500);

    private static final Duration UNREACHABLE_FOR = Duration.ofSeconds(30);
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private final @Nullable GroupView groups;
    private final GroupFollowers followers;

    /** Followers that did not answer are not asked for a while: there is the master. */
    private final Cache<URI, IOException> unreachable =
            Caffeine.newBuilder().expireAfterWrite(UNREACHABLE_FOR).maximumSize(1000).build();

    private final ServiceTokens tokens;
    private final JsonMapper json;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    WorkerRealmHosts(@Nullable GroupView groups, GroupFollowers followers, ServiceTokens tokens, JsonMapper json) {
        this.groups = groups;
        this.followers = followers;
        this.tokens = tokens;
        this.json = json;
    }

    /** A request to whoever is the master. */
    private interface Question {
        HttpRequest.Builder to(UriComponentsBuilder routes);
    }

    @Override
    public HostedRealm status(GroupId group, RealmPath store) {
        return read(requireDone(ask(group, routes -> get(routes.path("status"), "realm", store.value()))));
    }

    @Override
    public List<RealmSize> sizes(GroupId group, List<RealmPath> stores) {
        ArrayNode paths = JsonNodeFactory.instance.arrayNode();
        stores.forEach(path -> paths.add(path.value()));
        String body = JsonNodeFactory.instance.objectNode().set("realms", paths).toString();
        JsonNode answer = body(requireDone(ask(group, BRIEF_PATIENCE, routes -> post(routes.path("sizes"), body))));
        List<RealmSize> sizes =
                answer.path("sizes").valueStream().map(WorkerRealmHosts::size).toList();
        if (sizes.size() != stores.size()) {
            throw new StoreUnavailableException("the worker's answer is not understood");
        }
        return sizes;
    }

    @Override
    public HostedRealm change(GroupId group, RealmPath store, Order order) {
        String body = JsonNodeFactory.instance.objectNode()
                .put("realm", store.value())
                .put("order", order.name())
                .put("move", order.move())
                .put("progress", order.progress())
                .put("mark", order.mark())
                .toString();
        return read(requireDone(ask(group, routes -> post(routes.path("change"), body))));
    }

    @Override
    public Part page(GroupId group, RealmPath store, String after, long since) {
        return part(requireDone(ask(group, routes -> get(
                routes.path("page"), "realm", store.value(), "after", after, "since", Long.toString(since)))));
    }

    @Override
    public @Nullable Part tail(GroupId group, RealmPath store, long after, long since) {
        HttpResponse<byte[]> answer = ask(group, routes -> get(
                routes.path("tail"),
                "realm",
                store.value(),
                "after",
                Long.toString(after),
                "since",
                Long.toString(since)));
        return answer.statusCode() == 410 ? null : part(requireDone(answer));
    }

    @Override
    public HostedRealm take(GroupId group, RealmPath store, Taking taking, Part part) {
        return read(requireDone(ask(group, routes -> HttpRequest.newBuilder(uri(
                        routes.path("take"),
                        "realm",
                        store.value(),
                        "move",
                        taking.move(),
                        "expected",
                        taking.expected(),
                        "next",
                        taking.next(),
                        "from",
                        taking.from().value()))
                .header("Content-Type", "application/octet-stream")
                .header(DIGEST, part.digest())
                .POST(BodyPublishers.ofByteArray(part.content())))));
    }

    @Override
    public void dismiss(GroupId group, RealmPath store) {
        String body =
                JsonNodeFactory.instance.objectNode().put("realm", store.value()).toString();
        requireDone(ask(group, routes -> post(routes.path("dismiss"), body)));
    }

    @Override
    public InputStream export(GroupId group, RealmPath store, long since) {
        return MasterQuestions.ask(groups, group, PATIENCE, master -> {
            for (URI follower : followers.of(master)) {
                InputStream content = unreachable.getIfPresent(follower) == null
                        ? exportOnce(follower, master, store, since)
                        : null;
                if (content != null) {
                    return content;
                }
            }
            return exportOnce(master.api(), master, store, since);
        });
    }

    /** The content, or null if that worker has nothing to say now. */
    private @Nullable InputStream exportOnce(URI worker, Master master, RealmPath store, long since) {
        String epoch = Long.toString(master.epoch().value());
        HttpRequest request = get(UriComponentsBuilder.fromUri(worker).path(ROUTES + "export"),
                        "realm", store.value(), "since", Long.toString(since), "epoch", epoch)
                .header("Authorization", "Bearer " + tokens.issue("core-services"))
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                return new WatchedStream(answer.body());
            }
            answer.body().close();
            if (answer.statusCode() == CONFLICT) {
                throw new HostRefusalException("the realm is not in that group now");
            }
            return null;
        } catch (IOException e) {
            unreachable.put(worker, e);
            return null;
        } catch (InterruptedException e) {
            throw MasterQuestions.interrupted(e);
        }
    }

    private static HttpRequest.Builder get(UriComponentsBuilder route, String... query) {
        return HttpRequest.newBuilder(uri(route, query)).GET();
    }

    private static HttpRequest.Builder post(UriComponentsBuilder route, String body) {
        return HttpRequest.newBuilder(uri(route))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
    }

    private static URI uri(UriComponentsBuilder route, String... query) {
        Object[] values = new Object[query.length / 2];
        for (int i = 0; i < values.length; i++) {
            route.queryParam(query[2 * i], "{" + query[2 * i] + "}");
            values[i] = query[2 * i + 1];
        }
        return route.encode().buildAndExpand(values).toUri();
    }

    private HttpResponse<byte[]> ask(GroupId group, Question question) {
        return ask(group, PATIENCE, question);
    }

    private HttpResponse<byte[]> ask(GroupId group, Duration patience, Question question) {
        return MasterQuestions.ask(groups, group, patience, master -> tryOnce(master, question));
    }

    /** The answer, or null if there was none that says anything. */
    private @Nullable HttpResponse<byte[]> tryOnce(Master master, Question question) {
        HttpRequest request = question.to(UriComponentsBuilder.fromUri(master.api()).path(ROUTES))
                .header("Authorization", "Bearer " + tokens.issue("core-services"))
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
            return answer.statusCode() == UNAVAILABLE ? null : answer;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            throw MasterQuestions.interrupted(e);
        }
    }

    private HttpResponse<byte[]> requireDone(HttpResponse<byte[]> answer) {
        switch (answer.statusCode()) {
            case 200 -> {
                return answer;
            }
            case 400, 409 -> throw new HostRefusalException(error(answer));
            default ->
                    throw new StoreUnavailableException("the worker answers " + answer.statusCode() + ": "
                            + error(answer));
        }
    }

    private String error(HttpResponse<byte[]> answer) {
        try {
            return json.readTree(answer.body()).path("error").asString("no reason given");
        } catch (JacksonException e) {
            return "no reason given";
        }
    }

    private JsonNode body(HttpResponse<byte[]> answer) {
        try {
            return json.readTree(answer.body());
        } catch (JacksonException e) {
            throw new StoreUnavailableException("the worker's answer is not understood", e);
        }
    }

    private HostedRealm read(HttpResponse<byte[]> answer) {
        JsonNode node = body(answer);
        if (!node.has("standing")) {
            throw new StoreUnavailableException("the worker's answer is not understood");
        }
        return new HostedRealm(
                node.path("standing").asString(),
                node.path("move").asString(""),
                node.path("progress").asString(""),
                new HostedRealm.End(
                        node.path("serverVersion").asLong(),
                        node.path("salt").asLong(),
                        node.path("cumulativeBytes").asLong(),
                        node.path("lastFileIdent").asLong()),
                size(node),
                node.path("committed").asLong());
    }

    private static RealmSize size(JsonNode node) {
        String lastChange = node.path("lastChange").asString("");
        return new RealmSize(
                node.path("serverVersion").asLong(),
                node.path("historyBytes").asLong(),
                node.path("storedBytes").asLong(),
                lastChange.isEmpty() ? null : Instant.parse(lastChange));
    }

    private static Part part(HttpResponse<byte[]> answer) {
        return new Part(
                answer.body(),
                answer.headers().firstValue(DIGEST).orElse(""),
                answer.headers().firstValue("X-Realm-Next").orElse(""),
                answer.headers().firstValueAsLong("X-Realm-Committed").orElse(0),
                answer.headers().firstValueAsLong("X-Realm-Writes").orElse(1));
    }
}
