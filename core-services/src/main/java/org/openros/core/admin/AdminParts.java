// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.job.Job;
import org.openros.core.job.Jobs;
import org.openros.core.problem.Problem;
import org.openros.domain.token.AdminRole;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;

/** What the routes have in common. */
record AdminParts(AppScope apps, EntityTag tags, IdempotentRequests requests, Jobs jobs, AuditLog log) {
    /** Begins to tell who does what. */
    AuditLog.Entry audit(AuditEvent event, ServerHttpRequest request, Authentication admin) {
        return log.entry(event, request).with("admin", admin.getName());
    }

    /**
     * Begins a job.
     *
     * @param told what the audit log says of it
     */
    Job begin(AuditLog.Entry told, Authentication admin, String type, String target) {
        return told.run(line -> {
            Job job = jobs.begin(type, target, admin.getName());
            if (job == null) {
                throw Problem.CONFLICT.exception("such a job is under way: see the jobs");
            }
            line.with("job", job.id());
            return job;
        });
    }

    /** Does it, unless the request was done before: then its answer is given again. */
    <T> ResponseEntity<T> idempotent(
            Authentication admin,
            ServerHttpRequest request,
            @Nullable Object body,
            Class<T> type,
            Supplier<ResponseEntity<T>> work) {
        return requests.once(admin.getName(), request, body, type, work);
    }

    /** The answer to a request that made something. */
    <T> ResponseEntity<T> created(String path, T resource) {
        return ResponseEntity.created(URI.create(AdminRoutes.V1 + path)).eTag(tags.of(resource)).body(resource);
    }

    /** Whether the caller may see the names that users log in with. */
    static boolean maySeeNames(Authentication admin) {
        return admin.getAuthorities().stream()
                .noneMatch(role -> AdminRole.AUDITOR.text().equals(role.getAuthority()));
    }
}
