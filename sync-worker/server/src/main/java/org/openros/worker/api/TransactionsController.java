// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.util.ArrayList;
import java.util.List;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetJson;
import org.openros.changeset.ObjectKey;
import org.openros.domain.RealmPath;
import org.openros.worker.group.Reigns;
import org.openros.worker.realm.Transaction;
import org.openros.worker.realm.Transaction.Outcome;
import org.openros.worker.realm.Transaction.Precondition;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Changes realms for other services: conditional, atomic, durable when answered. */
@RestController
final class TransactionsController {
    private final Reigns reigns;

    TransactionsController(Reigns reigns) {
        this.reigns = reigns;
    }

    /**
     * Runs a transaction: {@code {"realm", "preconditions": [...], "instructions": [...]}}. Answers 200 with
     * {@code serverVersion}, 409 with the index of the precondition that does not hold, 400 if the changes do not fit,
     * 503 if it is not known whether it happened.
     */
    @PostMapping("/internal/v1/transactions")
    Mono<ResponseEntity<JsonNode>> transact(@RequestBody JsonNode body) {
        RealmPath path = new RealmPath(body.path("realm").asString(""));
        List<Precondition> preconditions = new ArrayList<>();
        body.path("preconditions").forEach(node -> preconditions.add(precondition(node)));
        Transaction transaction = new Transaction(
                preconditions, new Changeset(List.of(), ChangesetJson.readInstructions(body.path("instructions"))));
        Reigns.Reign reign = reigns.present();
        return reign == null
                ? Mono.just(Answers.notMaster())
                : Mono.create(answer ->
                        reign.realms().transact(path, transaction, outcome -> answer.success(toResponse(outcome))));
    }

    private static Precondition precondition(JsonNode node) {
        ByteString table = ByteString.of(node.path("table").asString(""));
        ObjectKey key = ChangesetJson.readKey(node.path("pk"));
        if (node.has("exists")) {
            return new Precondition.Exists(table, key, node.path("exists").asBoolean());
        }
        if (node.has("field") && node.has("equals")) {
            return new Precondition.FieldEquals(table, key, node.path("field").asString(""), node.path("equals"));
        }
        throw new IllegalArgumentException("a precondition says 'exists', or 'field' and 'equals'");
    }

    private static ResponseEntity<JsonNode> toResponse(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Committed(long version) ->
                ResponseEntity.ok(JsonNodeFactory.instance.objectNode().put("serverVersion", version));
            case Outcome.PreconditionFailed(int index) ->
                ResponseEntity.status(HttpStatus.CONFLICT)
                        .body(JsonNodeFactory.instance.objectNode().put("failedPrecondition", index));
            case Outcome.Rejected(String reason) -> Answers.error(HttpStatus.BAD_REQUEST, reason);
            case Outcome.Unavailable(String reason) -> Answers.unavailable(reason);
        };
    }
}
