// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.domain.RealmPath;
import org.openros.storage.NodeStore;
import org.openros.storage.RealmHead;
import org.openros.storage.RealmPage;
import org.openros.storage.StorageException;
import org.openros.storage.Write;
import org.openros.storage.WriteSet;
import org.openros.storage.commit.WriteSetCodec;
import org.openros.worker.group.Reigns;
import org.openros.worker.realm.RealmChange;
import org.openros.worker.realm.RealmChange.Outcome;
import org.openros.worker.realm.RealmStanding;
import org.openros.worker.realm.RealmStatus;
import org.openros.worker.realm.Realms;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the directory asks and orders about whole realms: how large they are, to go for good, to move between groups.
 * Content goes in the log form of write sets, with its SHA-256. Answers: 200; 409 if the realm is not as it has to be;
 * 410 if the log does not reach back that far; 503 if it is not known now.
 */
@RestController
@RequestMapping("/internal/v1/realms")
final class RealmsController {
    private static final int MAX_REALMS = 1000;
    private static final long PAGE_BYTES = 1 << 20;

    /** A page of one pair can be as large as a write set. */
    private static final int MAX_BODY = 256 << 20;

    private static final String WRITES = "X-Realm-Writes";
    private static final String NEXT = "X-Realm-Next";
    private static final String COMMITTED = "X-Realm-Committed";

    private final Reigns reigns;
    private final RealmTail tail;

    RealmsController(Reigns reigns, NodeStore store) {
        this.reigns = reigns;
        this.tail = new RealmTail(store);
    }

    /** How a realm stands and how large it is. */
    @GetMapping("/status")
    Mono<ResponseEntity<JsonNode>> status(@RequestParam String realm) {
        RealmPath path = new RealmPath(realm);
        return withRealms(realms -> blocking(() -> ResponseEntity.ok(json(realms.status(path)))));
    }

    /** The sizes of realms: {@code {"realms": [...]}}, answered in their order. */
    @PostMapping("/sizes")
    Mono<ResponseEntity<JsonNode>> sizes(@RequestBody JsonNode body) {
        List<RealmPath> paths = body.path("realms").valueStream()
                .map(path -> new RealmPath(path.asString("")))
                .toList();
        if (paths.size() > MAX_REALMS) {
            throw new IllegalArgumentException("at most " + MAX_REALMS + " realms");
        }
        return withRealms(realms -> blocking(() -> {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            ArrayNode sizes = answer.putArray("sizes");
            paths.forEach(path -> sizes.add(json(realms.status(path))));
            return ResponseEntity.ok(answer);
        }));
    }

    private ObjectNode json(RealmStatus status) {
        ObjectNode json = json(status.standing(), status.head())
                .put("historyBytes", status.size().historyBytes())
                .put("storedBytes", status.size().storedBytes())
                .put("users", status.users());
        return status.lastChange() == null
                ? json.putNull("lastChange")
                : json.put("lastChange", status.lastChange().toString());
    }

    private ObjectNode json(RealmStanding standing, RealmHead head) {
        return JsonNodeFactory.instance.objectNode()
                .put("standing", standing.kind().name())
                .put("move", standing.move())
                .put("progress", standing.progress())
                .put("serverVersion", head.serverVersion())
                .put("salt", head.salt())
                .put("cumulativeBytes", head.cumulativeBytes())
                .put("lastFileIdent", head.lastFileIdent())
                .put("committed", tail.committed());
    }

    /** Orders what happens to a realm: {@code {"realm", "move", ...}}. */
    @PostMapping("/change")
    Mono<ResponseEntity<JsonNode>> change(@RequestBody JsonNode body) {
        String move = body.path("move").asString("");
        RealmPath path = new RealmPath(body.path("realm").asString(""));
        String order = body.path("order").asString("");
        return change(path, switch (order) {
            case "close" -> new RealmChange.Close(move);
            case "reopen" -> new RealmChange.Reopen(move);
            case "clear" -> new RealmChange.Clear(move);
            case "admit" -> new RealmChange.Admit(move, body.path("progress").asString(""));
            case "settle" -> new RealmChange.Settle(move);
            case "abandon" -> new RealmChange.Abandon(move);
            case "purge" -> new RealmChange.Purge(body.path("mark").asBoolean(true));
            default -> throw new IllegalArgumentException("no such order: '" + order + "'");
        });
    }

    private Mono<ResponseEntity<JsonNode>> change(RealmPath path, RealmChange change) {
        return withRealms(realms -> Mono.create(
                answer -> realms.change(path, change, outcome -> answer.success(toResponse(outcome)))));
    }

    private ResponseEntity<JsonNode> toResponse(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(RealmStanding standing, RealmHead head) -> ResponseEntity.ok(json(standing, head));
            case Outcome.Conflict(RealmStanding standing, RealmHead head) ->
                ResponseEntity.status(HttpStatus.CONFLICT)
                        .body(json(standing, head).put("error", "the realm is " + standing.kind() + " here"));
            case Outcome.Unavailable(String reason) -> Answers.unavailable(reason);
        };
    }

    /** Ends the sessions of a realm, because it is elsewhere now. */
    @PostMapping("/dismiss")
    Mono<ResponseEntity<JsonNode>> dismiss(@RequestBody JsonNode body) {
        RealmPath path = new RealmPath(body.path("realm").asString(""));
        return withRealms(realms -> {
            realms.dismiss(path, "the realm has moved to another group");
            return Mono.just(ResponseEntity.ok(JsonNodeFactory.instance.objectNode()));
        });
    }

    /**
     * A part of what a realm holds.
     *
     * @param after the place that the page before has named; empty to start
     * @param since a committed entry of the log that is in it for certain
     */
    @GetMapping("/page")
    Mono<ResponseEntity<byte[]>> page(
            @RequestParam String realm, @RequestParam(defaultValue = "") String after, @RequestParam long since) {
        RealmPath path = new RealmPath(realm);
        byte[] place = Base64.getUrlDecoder().decode(after);
        return contents(since, realms -> {
            RealmPage page = realms.page(path, place, PAGE_BYTES);
            byte[] next = page.next();
            return content(path, page.writes())
                    .header(NEXT, next == null ? "" : Base64.getUrlEncoder().withoutPadding().encodeToString(next));
        });
    }

    /**
     * What has happened to a realm.
     *
     * @param after an entry of the log
     * @param since a committed entry that this node has to know
     */
    @GetMapping("/tail")
    Mono<ResponseEntity<byte[]>> tail(
            @RequestParam String realm, @RequestParam long after, @RequestParam long since) {
        RealmPath path = new RealmPath(realm);
        return contents(Math.max(after, since), realms -> {
            if (!tail.has(after)) {
                return new Content(HttpStatus.GONE, new byte[0]);
            }
            RealmTail.Part part = tail.read(path, after, PAGE_BYTES);
            return content(path, part.writes())
                    .header(NEXT, Long.toString(part.through()))
                    .header(COMMITTED, Long.toString(part.committed()));
        });
    }

    /**
     * Takes a part of a realm that arrives.
     *
     * @param from the realm that the content names; the same one if left out
     */
    @PostMapping(path = "/take", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    Mono<ResponseEntity<JsonNode>> take(
            ServerHttpRequest request,
            @RequestParam String realm,
            @RequestParam String move,
            @RequestParam String expected,
            @RequestParam String next,
            @RequestParam(defaultValue = "") String from,
            @RequestHeader(Content.DIGEST) String digest) {
        RealmPath path = new RealmPath(realm);
        RealmPath named = from.isEmpty() ? path : new RealmPath(from);
        return DataBufferUtils.join(request.getBody(), MAX_BODY).map(RealmsController::bytes).flatMap(body -> {
            if (!Content.digest(body).equals(digest)) {
                return Mono.just(Answers.error(HttpStatus.BAD_REQUEST, "the content does not have its digest"));
            }
            WriteSet content = WriteSetCodec.decode(body);
            if (!content.realm().equals(named) || content.writes().stream().anyMatch(RealmsController::erases)) {
                return Mono.just(Answers.error(HttpStatus.BAD_REQUEST, "not the content of that realm"));
            }
            return change(path, new RealmChange.Take(move, expected, content.writes(), next));
        });
    }

    private static boolean erases(Write write) {
        return write instanceof Write.EraseRealm;
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Content content(RealmPath path, List<Write> writes) {
        return new Content(HttpStatus.OK, WriteSetCodec.encode(new WriteSet(path, writes)))
                .header(WRITES, Integer.toString(writes.size()));
    }

    private Mono<ResponseEntity<byte[]>> contents(long since, Function<Realms, Content> read) {
        Realms realms = realms();
        if (realms == null || tail.committed() < since) {
            return Mono.just(ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(new byte[0]));
        }
        return Mono.fromCallable(() -> read.apply(realms).response())
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(StorageException.class, failure -> Mono.just(
                        ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).body(new byte[0])));
    }

    private Mono<ResponseEntity<JsonNode>> withRealms(Function<Realms, Mono<ResponseEntity<JsonNode>>> call) {
        Realms realms = realms();
        return realms == null ? Mono.just(Answers.notMaster()) : call.apply(realms);
    }

    private @Nullable Realms realms() {
        Reigns.Reign reign = reigns.present();
        return reign == null ? null : reign.realms();
    }

    private static Mono<ResponseEntity<JsonNode>> blocking(Supplier<ResponseEntity<JsonNode>> call) {
        return Mono.fromSupplier(call)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(StorageException.class, failure ->
                        Mono.just(Answers.unavailable("the realm cannot be read at the moment")));
    }
}
