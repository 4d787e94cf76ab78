// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView;
import org.openros.cluster.Master;
import org.openros.domain.GroupId;
import org.openros.domain.RealmPath;
import org.openros.domain.token.ServiceTokens;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClient.RequestHeadersSpec;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The system realm behind the transaction API of the worker that is master of the group {@code default}. While there is
 * no master it waits for one, a short time. Whatever gets no clear reply is repeated, reads and writes alike.
 */
final class WorkerMetadataStore implements MetadataStore {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerMetadataStore.class);
    private final String realm;
    private final GroupView groups;
    private final ServiceTokens tokens;
    private final RestClient http;
    private final JsonMapper json;
    private final Duration patience;

    /** The master that has been sent the schema. */
    private final AtomicReference<@Nullable Master> prepared = new AtomicReference<>();

    /**
     * Creates the store.
     *
     * @param realm that has the metadata
     * @param http has its own timeouts and never repeats a request by itself
     * @param patience how long a call waits for a master
     */
    WorkerMetadataStore(
            RealmPath realm,
            GroupView groups,
            ServiceTokens tokens,
            RestClient http,
            JsonMapper json,
            Duration patience) {
        this.realm = realm.value();
        this.groups = groups;
        this.tokens = tokens;
        this.http = http;
        this.json = json;
        this.patience = patience;
    }

    @Override
    public @Nullable StoredObject find(ObjectRef object) {
        Reply reply = ask(master -> http.get().uri(objectAddress(master, object)));
        return switch (reply.status()) {
            case 200 -> readObject(reply);
            case 404 -> {
                requireOfWorker(reply, "found");
                yield null;
            }
            default -> throw unexpected(reply);
        };
    }

    @Override
    public List<KeyedObject> list(MetadataTable table, String prefix, @Nullable String after, int limit) {
        String start = after == null ? prefix : after;
        Reply reply = ask(master -> http.get().uri(pageAddress(master, table, start, limit)));
        if (reply.status() != 200) {
            throw unexpected(reply);
        }
        requireOfWorker(reply, "objects");
        return readPage(reply).stream()
                .takeWhile(object -> object.key().startsWith(prefix))
                .toList();
    }

    private URI pageAddress(Master master, MetadataTable table, String after, int limit) {
        UriComponentsBuilder address = UriComponentsBuilder.fromUri(master.api())
                .path("/internal/v1/objects")
                .queryParam("realm", "{realm}")
                .queryParam("table", "{table}")
                .queryParam("limit", "{limit}");
        if (!after.isEmpty()) {
            address.queryParam("after", "{after}");
        }
        return address.encode()
                .buildAndExpand(
                        realm,
                        table.className(),
                        limit,
                        InstructionJson.key(new ObjectRef(table, after)).toString())
                .toUri();
    }

    private List<KeyedObject> readPage(Reply reply) {
        try {
            return body(reply)
                    .path("objects")
                    .valueStream()
                    .map(node -> new KeyedObject(
                            node.path("pk").path("string").stringValue(), InstructionJson.object(node)))
                    .toList();
        } catch (IllegalArgumentException | JsonNodeException e) {
            throw new StoreUnavailableException("the worker's answer is not understood", e);
        }
    }

    /** Any server may answer with this status; only the worker's own answer has this key and says something. */
    private void requireOfWorker(Reply reply, String key) {
        if (!body(reply).has(key)) {
            throw unexpected(reply);
        }
    }

    @Override
    public boolean commit(Transaction transaction) {
        Reply reply = ask(master -> http.post()
                .uri(URI.create(master.api() + "/internal/v1/transactions"))
                .contentType(MediaType.APPLICATION_JSON)
                .body(json.writeValueAsBytes(
                        InstructionJson.transaction(realm, transaction, !master.equals(prepared.get())))));
        return switch (reply.status()) {
            case 200 -> {
                requireOfWorker(reply, "serverVersion");
                prepared.set(reply.master());
                yield true;
            }
            case 409 -> {
                requireOfWorker(reply, "failedPrecondition");
                yield false;
            }
            default -> {
                prepared.set(null);
                throw unexpected(reply);
            }
        };
    }

    @Override
    public boolean isReachable() {
        return groups.master(GroupId.DEFAULT) != null;
    }

    private URI objectAddress(Master master, ObjectRef object) {
        return UriComponentsBuilder.fromUri(master.api())
                .path("/internal/v1/objects")
                .queryParam("realm", "{realm}")
                .queryParam("table", "{table}")
                .queryParam("pk", "{pk}")
                .encode()
                .buildAndExpand(
                        realm,
                        object.table().className(),
                        InstructionJson.key(object).toString())
                .toUri();
    }

    private StoredObject readObject(Reply reply) {
        requireOfWorker(reply, "fields");
        try {
            return InstructionJson.object(body(reply));
        } catch (IllegalArgumentException e) {
            throw new StoreUnavailableException("the worker's answer is not understood", e);
        }
    }

    private Reply ask(Function<Master, RequestHeadersSpec<?>> request) {
        return MasterQuestions.ask(groups, GroupId.DEFAULT, patience, master -> tryOnce(master, request));
    }

    /** The reply, or null if there was none that says anything. */
    private @Nullable Reply tryOnce(Master master, Function<Master, RequestHeadersSpec<?>> request) {
        try {
            Reply reply = send(master, request.apply(master));
            return reply.status() == 503 ? null : reply;
        } catch (ResourceAccessException e) {
            LOG.debug("no reply from {}", master.api(), e);
            return null;
        }
    }

    private Reply send(Master master, RequestHeadersSpec<?> request) {
        return request.header(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.issue("core-services"))
                .exchangeForRequiredValue((sent, response) -> {
                    try (var body = response.getBody()) {
                        return new Reply(master, response.getStatusCode().value(), body.readAllBytes());
                    } catch (IOException e) {
                        throw new ResourceAccessException("the reply broke off", e);
                    } catch (RuntimeException e) {
                        // The client's own time-outs arrive unconverted once the reply has begun.
                        throw new ResourceAccessException("the reply broke off", new IOException(e));
                    }
                });
    }

    private StoreUnavailableException unexpected(Reply reply) {
        String reason = body(reply).path("error").asString("no reason given");
        return new StoreUnavailableException(reply.master().api() + " answers " + reply.status() + ": " + reason);
    }

    /** What came back, or a missing node if it is no JSON. */
    private JsonNode body(Reply reply) {
        try {
            return json.readTree(reply.body());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** What came back, and from whom. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Reply(Master master, int status, byte[] body) {}
}
