// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.admin.Paging.Page;
import org.openros.core.audit.AuditEvent;
import org.openros.core.audit.AuditLog;
import org.openros.core.group.GroupStatus;
import org.openros.core.group.WorkerGroups;
import org.openros.core.group.WorkerGroups.Order;
import org.openros.core.group.WorkerGroups.Outcome;
import org.openros.core.problem.Problem;
import org.openros.domain.GroupId;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The groups of workers (admin API, section 15.6): what {@code ros group} asks and orders.
 */
@RestController
@RequestMapping(path = AdminRoutes.V1 + "/groups", produces = MediaType.APPLICATION_JSON_VALUE)
final class GroupAdminController {
    private static final String VERIFY = "group-verify";

    private final WorkerGroups groups;
    private final AdminParts parts;

    GroupAdminController(WorkerGroups groups, AdminParts parts) {
        this.groups = groups;
        this.parts = parts;
    }

    /** What became of an order. */
    record OrderReply(String node, String message) {}

    /**
     * Who gets an order.
     *
     * @param node name of a worker; missing for the one that it is meant for
     */
    record NewOrder(@Nullable String node) {}

    /**
     * The last resort.
     *
     * @param node name of a worker; has to be there if several answer
     * @param acceptDataLoss has to be true
     */
    record Promotion(
            @Nullable String node,
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable Boolean acceptDataLoss) {}

    /** All groups. */
    @GetMapping
    @Operation(summary = "Tells how the groups of workers are")
    Page<GroupStatus> list() {
        List<GroupStatus> all = groups.labels().stream().map(groups::status).toList();
        return Page.of(all, null);
    }

    /** One group. */
    @GetMapping("/{label}")
    @Operation(summary = "Tells how a group of workers is")
    GroupStatus get(@PathVariable String label) {
        return groups.status(group(label));
    }

    private GroupId group(String label) {
        return groups.labels().stream()
                .filter(group -> group.value().equals(label))
                .findFirst()
                .orElseThrow(() -> Problem.NO_RESOURCE.exception("there is no such group"));
    }

    /** Hands over. */
    @PostMapping("/{label}/step-down")
    @Operation(summary = "The master hands over to the backup, before planned work on its machine")
    OrderReply stepDown(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String label,
            @RequestBody(required = false) @Nullable NewOrder body) {
        return order(admin, request, label, Order.STEP_DOWN, body == null ? null : body.node());
    }

    /** No takeovers. */
    @PostMapping("/{label}/pause")
    @Operation(summary = "No worker takes over until resume")
    OrderReply pause(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String label,
            @RequestBody(required = false) @Nullable NewOrder body) {
        return order(admin, request, label, Order.PAUSE, body == null ? null : body.node());
    }

    /** Takeovers again. */
    @PostMapping("/{label}/resume")
    @Operation(summary = "Ends a pause")
    OrderReply resume(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String label,
            @RequestBody(required = false) @Nullable NewOrder body) {
        return order(admin, request, label, Order.RESUME, body == null ? null : body.node());
    }

    /** Another backup. */
    @PostMapping("/{label}/replace-backup")
    @Operation(summary = "Makes the spare the backup, before planned work on the backup's machine")
    OrderReply replaceBackup(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String label,
            @RequestBody(required = false) @Nullable NewOrder body) {
        return order(admin, request, label, Order.REPLACE_BACKUP, body == null ? null : body.node());
    }

    /** A new record. */
    @PostMapping("/{label}/reseed-record")
    @Operation(summary = "After Consul lost its data: writes the record from what the disks hold, or refuses")
    OrderReply reseedRecord(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String label,
            @RequestBody(required = false) @Nullable NewOrder body) {
        return order(admin, request, label, Order.RESEED_RECORD, body == null ? null : body.node());
    }

    /** The last resort. */
    @PostMapping("/{label}/force-promote")
    @Operation(summary = "Makes a worker master that may lack changes that clients saw acknowledged")
    OrderReply forcePromote(
            Authentication admin,
            ServerHttpRequest request,
            @PathVariable String label,
            @RequestBody(required = false) @Nullable Promotion body) {
        Promotion promotion = Given.body(body);
        if (!Boolean.TRUE.equals(promotion.acceptDataLoss())) {
            throw Problem.invalid("acceptDataLoss", "has to be true: what this worker lacks is lost on the server");
        }
        return order(admin, request, label, Order.FORCE_PROMOTE, promotion.node());
    }

    private OrderReply order(
            Authentication admin, ServerHttpRequest request, String label, Order order, @Nullable String node) {
        GroupId group = group(label);
        return parts.audit(AuditEvent.ORDER_GROUP, request, admin)
                .with("group", label)
                .with("order", order.route())
                .run(line -> switch (groups.order(group, order, node)) {
                    case Outcome.Done(String receiver, String message) -> new OrderReply(receiver, message);
                    case Outcome.Refused(String message) -> throw Problem.CONFLICT.exception(message);
                    case Outcome.Unknown(String message) -> throw Problem.SERVICE_UNAVAILABLE.exception(message);
                });
    }

    /** Compares the workers. */
    @PostMapping("/{label}/verify")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Begins a job that compares what all workers of a group hold at one entry of the log")
    JobReply verify(Authentication admin, ServerHttpRequest request, @PathVariable String label) {
        GroupId group = group(label);
        AuditLog.Entry told =
                parts.audit(AuditEvent.BEGIN_JOB, request, admin).with("type", VERIFY).with("group", label);
        return JobReply.of(parts.begin(told, admin, VERIFY, group.value()));
    }
}
