// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.api;

import java.nio.ByteBuffer;
import org.openros.domain.RealmPath;
import org.openros.replication.Status;
import org.openros.storage.NodeStore;
import org.openros.storage.RealmSnapshot;
import org.openros.storage.StorageException;
import org.openros.worker.group.GroupNode;
import org.openros.worker.realm.RealmStanding;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Gives out a realm as it is at one instant, for a backup; any node of the group that has applied enough. Answers: 200
 * with the bytes of a {@link RealmExport}; 409 if the realm is not served by this group; 503 if this node is not as
 * far.
 */
@RestController
@RequestMapping("/internal/v1/realms")
final class ExportController {
    private final GroupNode node;
    private final NodeStore store;

    ExportController(GroupNode node, NodeStore store) {
        this.node = node;
        this.store = store;
    }

    /**
     * All of a realm.
     *
     * @param since a committed entry of the log that is in it for certain
     * @param epoch of the master that the caller knows; 0: only the master may answer
     */
    @GetMapping("/export")
    Mono<ResponseEntity<Flux<DataBuffer>>> export(
            @RequestParam String realm, @RequestParam long since, @RequestParam(defaultValue = "0") long epoch) {
        RealmPath path = new RealmPath(realm);
        if (store.applied().seq() < since || !mayAnswer(epoch)) {
            return Mono.just(ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build());
        }
        return Mono.fromCallable(() -> answer(path))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(StorageException.class, failure -> Mono.just(
                        ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build()));
    }

    /** What a node has whose group went on without it may be another history. */
    private boolean mayAnswer(long epoch) {
        Status status = node.status();
        return switch (status.report().role()) {
            case MASTER -> true;
            case BACKUP, SPARE -> status.inStep() && status.report().epoch().value() == epoch;
            case STARTING, REFUSED, JOINING, PROMOTING, LEAVING, QUARANTINED -> false;
        };
    }

    private ResponseEntity<Flux<DataBuffer>> answer(RealmPath path) {
        try (RealmSnapshot now = store.snapshot(path)) {
            if (RealmStanding.of(now).kind() != RealmStanding.Kind.OPEN) {
                return ResponseEntity.status(HttpStatus.CONFLICT).build();
            }
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM).body(content(path));
    }

    /** The instant is that of the subscription: there may never be one, and nobody to close what was opened for it. */
    private Flux<DataBuffer> content(RealmPath path) {
        return Flux.<DataBuffer, RealmExport>generate(
                        () -> new RealmExport(path, store.snapshot(path)),
                        (export, sink) -> {
                            ByteBuffer next = export.next();
                            if (next == null) {
                                sink.complete();
                            } else {
                                sink.next(DefaultDataBufferFactory.sharedInstance.wrap(next));
                            }
                            return export;
                        },
                        RealmExport::close)
                .subscribeOn(Schedulers.boundedElastic());
    }
}
