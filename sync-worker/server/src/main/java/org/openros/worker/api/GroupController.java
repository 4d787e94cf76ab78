// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.time.Duration;
import org.openros.domain.Lineage;
import org.openros.replication.operator.Order;
import org.openros.replication.operator.OrderAnswer;
import org.openros.storage.StateHash;
import org.openros.storage.StorageException;
import org.openros.worker.group.GroupNode;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What operators see of the node's group, and what they may order. Orders are answered with 200, or 409 if they were
 * refused, and {@code {"message"}} says what happened and what to do next; 504 if it is not known yet.
 */
@RestController
final class GroupController {
    private static final Duration ORDER_LIMIT = Duration.ofSeconds(30);
    private static final long REACH_SECONDS = 10;
    private static final Duration HASH_LIMIT = Duration.ofMinutes(5);

    private final GroupNode node;

    GroupController(GroupNode node) {
        this.node = node;
    }

    /** How this node sees itself and the group. */
    @GetMapping("/group/status")
    ResponseEntity<JsonNode> status() {
        return ResponseEntity.ok(GroupStatusJson.of(node));
    }

    /** Hands over to the backup; for the master. */
    @PostMapping("/group/step-down")
    Mono<ResponseEntity<JsonNode>> stepDown(@RequestBody(required = false) JsonNode body) {
        String why = body == null ? "" : body.path("reason").asString("");
        return order(new Order.StepDown(why.isEmpty() ? "an operator asked for it" : why));
    }

    /** No takeovers until they are resumed. */
    @PostMapping("/group/pause")
    Mono<ResponseEntity<JsonNode>> pause() {
        return order(new Order.Pause());
    }

    /** Takeovers again. */
    @PostMapping("/group/resume")
    Mono<ResponseEntity<JsonNode>> resume() {
        return order(new Order.Resume());
    }

    /** Makes the spare the backup; for the master. */
    @PostMapping("/group/replace-backup")
    Mono<ResponseEntity<JsonNode>> replaceBackup() {
        return order(new Order.ReplaceBackup());
    }

    /** Becomes master with what the disk holds: {@code {"acceptDataLoss": true}}. */
    @PostMapping("/group/force-promote")
    Mono<ResponseEntity<JsonNode>> forcePromote(@RequestBody(required = false) JsonNode body) {
        boolean accepted = body != null && body.path("acceptDataLoss").asBoolean(false);
        return order(new Order.ForcePromote(Lineage.random(), accepted));
    }

    /** Writes the lost record again from what the disks of all nodes hold. */
    @PostMapping("/group/reseed-record")
    Mono<ResponseEntity<JsonNode>> reseedRecord() {
        return order(new Order.ReseedRecord());
    }

    /**
     * The hash of everything that the disk holds at an entry: {@code {"seq": n}}, or at the newest committed one. Equal
     * on all nodes that hold the same. The entry may be one that is still to come: 503 if it does not come within
     * {@code {"withinSeconds": n}}, 10 by default, or is not the newest any more.
     */
    @PostMapping("/group/verify")
    Mono<ResponseEntity<JsonNode>> verify(@RequestBody(required = false) JsonNode body) {
        long wanted = body == null ? 0 : body.path("seq").asLong(0);
        long seq = wanted > 0 ? wanted : node.status().commitSeq();
        long within = body == null ? REACH_SECONDS : body.path("withinSeconds").asLong(REACH_SECONDS);
        Mono<Long> notReached = Mono.delay(Duration.ofSeconds(within))
                .flatMap(tick -> node.applied().seq() < seq ? Mono.just(tick) : Mono.never());
        return Mono.fromFuture(node.stateHash(seq))
                .map(GroupController::found)
                .onErrorResume(StorageException.class, e -> Mono.just(Answers.unavailable(e.getMessage())))
                .timeout(notReached,
                        Mono.fromSupplier(() -> Answers.unavailable("entry " + seq + " did not come within "
                        + within + " s, " + node.applied().seq() + " is the last one")))
                .timeout(HASH_LIMIT, Mono.fromSupplier(() -> Answers.error(
                        HttpStatus.GATEWAY_TIMEOUT, "the hash took more than " + HASH_LIMIT)));
    }

    private static ResponseEntity<JsonNode> found(StateHash hash) {
        return ResponseEntity.ok(JsonNodeFactory.instance.objectNode()
                .put("seq", hash.at().seq())
                .put("epoch", hash.at().epoch().value())
                .put("sha256", hash.sha256()));
    }

    private Mono<ResponseEntity<JsonNode>> order(Order order) {
        return Mono.fromFuture(node.order(order))
                .map(GroupController::answer)
                .timeout(ORDER_LIMIT, Mono.fromSupplier(() -> Answers.error(
                        HttpStatus.GATEWAY_TIMEOUT, "not done within " + ORDER_LIMIT + ": see the group's status")));
    }

    private static ResponseEntity<JsonNode> answer(OrderAnswer answer) {
        HttpStatus status = switch (answer) {
            case OrderAnswer.Done done -> HttpStatus.OK;
            case OrderAnswer.Refused refused -> HttpStatus.CONFLICT;
        };
        return ResponseEntity.status(status)
                .body(JsonNodeFactory.instance.objectNode().put("message", answer.message()));
    }
}
