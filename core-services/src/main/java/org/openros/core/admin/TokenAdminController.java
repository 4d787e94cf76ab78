// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.core.admin.Paging.Page;
import org.openros.core.admintoken.AdminTokens;
import org.openros.core.admintoken.IssuedToken;
import org.openros.core.audit.AuditEvent;
import org.openros.core.problem.Dates;
import org.openros.core.problem.Problem;
import org.openros.domain.token.AdminRole;
import org.openros.domain.token.AdminToken;
import org.openros.domain.token.InvalidTokenException;
import org.openros.domain.token.KeysUnavailableException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Tokens of administrators and services (admin API, section 15.7). */
@RestController
@RequestMapping(path = AdminRoutes.V1, produces = MediaType.APPLICATION_JSON_VALUE)
final class TokenAdminController {
    private static final Duration DEFAULT_LIFE = Duration.ofDays(90);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._@-]{0,99}");

    private final AdminTokens tokens;
    private final AdminParts parts;

    TokenAdminController(AdminTokens tokens, AdminParts parts) {
        this.tokens = tokens;
        this.parts = parts;
    }

    /**
     * A token.
     *
     * @param token its text, shown once: when it is issued
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TokenView(
            String id, String name, String role, String createdAt, String expiresAt, @Nullable String token) {
        static TokenView of(IssuedToken issued, @Nullable String text) {
            return new TokenView(
                    issued.id(),
                    issued.name(),
                    issued.role().text(),
                    Dates.write(issued.createdAt()),
                    Dates.write(issued.expiresAt()),
                    text);
        }

        @Override
        public String toString() {
            return "TokenView[" + id + "]";
        }
    }

    /**
     * What a token is worth.
     *
     * @param reason why it is not valid
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Inspection(
            boolean valid,
            @Nullable String name,
            @Nullable String role,
            @Nullable String id,
            @Nullable String expiresAt,
            @Nullable String reason) {}

    /**
     * A token to be issued.
     *
     * @param name of who gets it
     * @param ttl its life, like {@code 90d} or {@code PT1H}; default 90 days
     */
    record NewToken(
            @Schema(requiredMode = RequiredMode.REQUIRED) @Nullable String name,
            @Schema(requiredMode = RequiredMode.REQUIRED, allowableValues = {"admin", "operator", "auditor"})
            @Nullable String role,
            @Nullable String ttl) {}

    /** A token to be looked at. */
    record Presented(@Schema(requiredMode = RequiredMode.REQUIRED) @Nullable String token) {
        @Override
        public String toString() {
            return "Presented[***]";
        }
    }

    /** Tokens that were issued and not revoked, oldest first. */
    @GetMapping("/service-tokens")
    @Operation(summary = "Lists the tokens that were issued and not revoked")
    Page<TokenView> list(
            @RequestParam(defaultValue = "50") int limit, @RequestParam(required = false) @Nullable String cursor) {
        Paging paging = Paging.of(limit, cursor);
        List<IssuedToken> found = tokens.list(paging.after(), paging.limit());
        return Page.of(
                found.stream().map(token -> TokenView.of(token, null)).toList(),
                found.size() < paging.limit() ? null : found.getLast().id());
    }

    /**
     * Issues a token for {@code name} with the {@code role} admin, operator or auditor; {@code ttl} is like 90d or
     * PT1H.
     */
    @PostMapping("/service-tokens")
    @Operation(summary = "Issues a token for an administrator or a service; its text is shown once")
    @ResponseStatus(HttpStatus.CREATED)
    TokenView issue(
            Authentication admin, ServerHttpRequest request, @RequestBody(required = false) @Nullable NewToken body) {
        NewToken wanted = Given.body(body);
        String name = Given.text("name", wanted.name());
        if (!NAME.matcher(name).matches()) {
            throw Problem.invalid(
                    "name", "has 1 to 100 letters, digits, blanks and ._@- and begins with one of the first");
        }
        AdminRole role = AdminRole.named(Given.text("role", wanted.role()));
        if (role == null) {
            throw Problem.invalid("role", "is admin, operator or auditor");
        }
        Duration life = wanted.ttl() == null ? DEFAULT_LIFE : life(wanted.ttl());
        return parts.audit(AuditEvent.ISSUE_TOKEN, request, admin)
                .with("name", name)
                .with("role", role.text())
                .run(line -> {
                    AdminTokens.Fresh fresh = tokens.issue(name, role, life);
                    line.with("token", fresh.token().id());
                    return TokenView.of(fresh.token(), fresh.text());
                });
    }

    private static Duration life(String text) {
        try {
            Duration life = DurationStyle.detectAndParse(text);
            if (life.compareTo(SHORTEST) >= 0 && life.compareTo(LONGEST) <= 0) {
                return life;
            }
        } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
            throw Problem.invalid("ttl", "is like 90d, 12h or PT1H");
        }
        throw Problem.invalid("ttl", "is between 1m and 3650d");
    }

    /** Makes a token good for nothing within seconds. */
    @DeleteMapping("/service-tokens/{id}")
    @Operation(summary = "Revokes a token; all processes notice within seconds")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(Authentication admin, ServerHttpRequest request, @PathVariable String id) {
        if (tokens.find(id) == null) {
            throw Problem.NO_RESOURCE.exception("there is no such token");
        }
        parts.audit(AuditEvent.REVOKE_TOKEN, request, admin).with("token", id).run(line -> {
            tokens.revoke(id);
            return id;
        });
    }

    /** Tells whether the administrator's token {@code token} is good, and for what. */
    @PostMapping("/tokens/inspect")
    @Operation(summary = "Tells whether a token of an administrator is good, and for what")
    Inspection inspect(@RequestBody(required = false) @Nullable Presented body) {
        String text = Given.text("token", Given.body(body).token());
        try {
            AdminToken token = tokens.verify(text);
            return new Inspection(
                    true, token.name(), token.role().text(), token.id(), Dates.write(token.expiresAt()), null);
        } catch (InvalidTokenException e) {
            return new Inspection(false, null, null, null, null, e.getMessage());
        } catch (KeysUnavailableException e) {
            throw Problem.SERVICE_UNAVAILABLE.exception("the token cannot be verified now");
        }
    }
}
