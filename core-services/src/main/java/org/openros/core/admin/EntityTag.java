// SPDX-License-Identifier: Apache-2.0
package org.openros.core.admin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.openros.core.problem.Problem;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import tools.jackson.databind.json.JsonMapper;

/** Entity tags of single resources (RFC 9110, section 8.8): a digest of what the resource shows. */
final class EntityTag {
    private static final int BYTES = 12;
    private static final String IF_MATCH = "If-Match";

    private final JsonMapper json;

    EntityTag(JsonMapper json) {
        this.json = json;
    }

    /** The answer with its tag. */
    <T> ResponseEntity<T> ok(T resource) {
        return ResponseEntity.ok().eTag(of(resource)).body(resource);
    }

    String of(Object resource) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.writeValueAsBytes(resource));
            return '"' + HexFormat.of().formatHex(digest, 0, BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** Whether the request is to be carried out on one state of the resource only. */
    static boolean isConditional(ServerHttpRequest request) {
        return request.getHeaders().containsHeader(IF_MATCH);
    }

    /**
     * Ends in an error reply if the request names another state of the resource than the present one.
     *
     * @param present null if there is none
     */
    void requireMatch(ServerHttpRequest request, @Nullable Object present) {
        String wanted = request.getHeaders().getFirst(IF_MATCH);
        if (wanted == null) {
            return;
        }
        String tag = present == null ? null : of(present);
        boolean fits = tag != null
                && Arrays.stream(wanted.split(","))
                        .map(String::strip)
                        .anyMatch(text -> text.equals("*") || text.equals(tag));
        if (!fits) {
            throw Problem.PRECONDITION_FAILED.exception("it has changed since it was read: read it again");
        }
    }
}
