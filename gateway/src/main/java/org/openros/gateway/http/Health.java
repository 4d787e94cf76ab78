// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.http;

import java.util.Objects;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockServiceHealth;
import org.openros.domain.GroupId;
import org.openros.gateway.core.CoreServicesHealth;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Says whether the server as a whole can serve clients, as this gateway sees it. */
final class Health implements SmartLifecycle {
    private final CoreServicesHealth core;
    private final GroupView groups;
    private final ObjectProvider<LockServiceHealth> locks;
    private volatile boolean running;

    Health(CoreServicesHealth core, GroupView groups, ObjectProvider<LockServiceHealth> locks) {
        this.core = core;
        this.groups = groups;
        this.locks = locks;
    }

    private record Status(String status, String reason) {}

    /** The process lives. */
    Mono<ServerResponse> live() {
        return reply(HttpStatus.OK, "up", "");
    }

    /** Clients can log in and sync. */
    Mono<ServerResponse> ready() {
        if (!running) {
            return down("the gateway is stopping");
        }
        if (groups.master(GroupId.DEFAULT) == null) {
            return down("group " + GroupId.DEFAULT + " has no master" + lockServiceProblem());
        }
        return core.isReady().flatMap(up -> up ? reply(HttpStatus.OK, "up", "") : down("core services are not ready"));
    }

    /** Why no master may be known. While one is known, the lock service may be silent. */
    private String lockServiceProblem() {
        return locks.stream()
                .map(LockServiceHealth::problem)
                .filter(Objects::nonNull)
                .map(problem -> " that is known here: " + problem)
                .findFirst()
                .orElse("");
    }

    private static Mono<ServerResponse> down(String reason) {
        return reply(HttpStatus.SERVICE_UNAVAILABLE, "down", reason);
    }

    private static Mono<ServerResponse> reply(HttpStatus status, String word, String reason) {
        return ServerResponse.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(new Status(word, reason));
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Readiness goes first. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
