// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openros.core.admin.Paging.Page;
import org.openros.core.audit.AuditEvent;
import org.openros.core.job.Job;
import org.openros.core.job.JobState;
import org.openros.core.job.Jobs;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.problem.Dates;
import org.openros.core.problem.Problem;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Work that takes longer than a request (admin API, section 15.9). */
@RestController
@RequestMapping(path = AdminRoutes.V1 + "/jobs", produces = MediaType.APPLICATION_JSON_VALUE)
final class JobAdminController {
    private final Jobs jobs;
    private final AdminParts parts;
    private final JsonMapper json;

    JobAdminController(Jobs jobs, AdminParts parts, JsonMapper json) {
        this.jobs = jobs;
        this.parts = parts;
        this.json = json;
    }

    /**
     * A job.
     *
     * @param state {@code queued}, {@code running}, {@code succeeded}, {@code failed} or {@code cancelled}
     * @param progress missing as long as nobody knows
     * @param error why it failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record JobView(
            String id,
            String type,
            String target,
            String createdBy,
            String state,
            @Nullable Progress progress,
            String createdAt,
            @Nullable String startedAt,
            @Nullable String endedAt,
            @Nullable String error,
            @Nullable Map<String, Object> result) {
        static JobView of(Job job, JsonMapper json) {
            String result = job.result();
            return new JobView(
                    job.id(),
                    job.type(),
                    job.target(),
                    job.creator(),
                    job.state().text(),
                    job.total() == 0 ? null : new Progress(job.done(), job.total(), job.unit()),
                    Dates.write(job.createdAt()),
                    date(job.startedAt()),
                    date(job.endedAt()),
                    job.error(),
                    result == null ? null : json.readValue(result, new TypeReference<Map<String, Object>>() {}));
        }

        private static @Nullable String date(@Nullable Instant time) {
            return time == null ? null : Dates.write(time);
        }
    }

    /** How far a job is. */
    record Progress(long done, long total, String unit) {}

    /** Jobs that have not ended, and those of the last month. */
    @GetMapping
    @Operation(summary = "Lists jobs, oldest first; those that have ended are kept for 30 days")
    Page<JobView> list(
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        JobState wanted = JobState.named(state);
        if (state != null && wanted == null) {
            throw Problem.invalid("state", "is queued, running, succeeded, failed or cancelled");
        }
        List<Job> page = jobs.list(paging.after(), MetadataStore.MAX_PAGE);
        List<JobView> found = new ArrayList<>();
        for (Job job : page) {
            if ((type == null || type.equals(job.type())) && (wanted == null || wanted == job.state())) {
                found.add(JobView.of(job, json));
            }
            if (found.size() == paging.limit()) {
                return Page.of(found, job.id());
            }
        }
        return Page.of(found, page.size() < MetadataStore.MAX_PAGE ? null : page.getLast().id());
    }

    /** One job. */
    @GetMapping("/{id}")
    @Operation(summary = "Shows a job")
    JobView get(@PathVariable String id) {
        return JobView.of(find(id), json);
    }

    private Job find(String id) {
        Job job = jobs.find(id);
        if (job == null) {
            throw Problem.NO_RESOURCE.exception("there is no such job");
        }
        return job;
    }

    /** Tells a job to stop. */
    @PostMapping("/{id}/cancel")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Tells a job to stop, which may take a while")
    JobView cancel(Authentication admin, ServerHttpRequest request, @PathVariable String id) {
        Job job = find(id);
        parts.audit(AuditEvent.CANCEL_JOB, request, admin).with("job", id).run(line -> {
            if (!jobs.cancel(job)) {
                throw Problem.CONFLICT.exception("the job has ended");
            }
            return id;
        });
        return JobView.of(find(id), json);
    }
}
