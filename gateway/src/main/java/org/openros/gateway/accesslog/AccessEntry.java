// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.accesslog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the access log. There is no room in it for queries, headers and bodies, which may hold secrets; what is
 * null is left out.
 *
 * @param time ISO-8601
 * @param id the request's or the connection's name in all logs
 * @param kind {@code http}, {@code sync-open}, {@code sync-refused} or {@code sync-close}
 * @param client the client's address
 * @param path without the query
 * @param status of the answer; null if the client was gone before
 * @param reason of a refusal
 * @param millis how long it took, or the connection was open
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessEntry(
        String time,
        String id,
        String kind,
        @Nullable String client,
        @Nullable String method,
        @Nullable String path,
        @Nullable String app,
        @Nullable String user,
        @Nullable Integer protocol,
        @Nullable Integer status,
        @Nullable String reason,
        @Nullable Long millis) {
    private static final int LONGEST = 1000;

    /** An HTTP call that is over. */
    public static AccessEntry http(
            String id, @Nullable String client, String method, String path, @Nullable Integer status, Duration took) {
        String shown = path.length() <= LONGEST ? path : path.substring(0, LONGEST);
        return new AccessEntry(
                now(), id, "http", client, method, shown, null, null, null, status, null, took.toMillis());
    }

    /** A sync connection that begins. */
    public static AccessEntry opened(String id, @Nullable String client, String app, String user, int protocol) {
        return new AccessEntry(now(), id, "sync-open", client, null, null, app, user, protocol, 101, null, null);
    }

    /** A sync connection that was refused; with a close code if the status is 101. */
    public static AccessEntry refused(String id, @Nullable String client, int status, String reason) {
        return new AccessEntry(now(), id, "sync-refused", client, null, null, null, null, null, status, reason, null);
    }

    /** A sync connection that is over. */
    public static AccessEntry closed(String id, Duration open) {
        return new AccessEntry(
                now(), id, "sync-close", null, null, null, null, null, null, null, null, open.toMillis());
    }

    private static String now() {
        return Instant.now().toString();
    }
}
