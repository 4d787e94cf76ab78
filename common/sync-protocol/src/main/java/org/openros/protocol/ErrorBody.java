// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a JSON_ERROR from the server (sync protocol, section 3.11). The keys that any client generation demands
 * are always there.
 *
 * @param action a wire name of {@link ErrorAction}, or another text when received
 * @param isRecoveryModeDisabled a client reset must not recover local changes
 * @param logUrl may be empty
 * @param message text for logs and the application
 * @param shouldClientReset decides about a client reset in clients that do not know actions
 * @param tryAgain the client resumes after a delay
 * @param backoff how the delay grows; null for the client's own rule
 */
public record ErrorBody(
        String action,
        boolean isRecoveryModeDisabled,
        String logUrl,
        String message,
        boolean shouldClientReset,
        boolean tryAgain,
        @Nullable Backoff backoff) {
    /** The longest message in characters that is sent. */
    public static final int MAX_MESSAGE = 1000;

    private static final Backoff DRAINING = new Backoff(1, 10, 2);
    private static final Backoff AT_ONCE = new Backoff(0, 1, 2);
    private static final Backoff PATIENT = new Backoff(1, 20, 2);
    private static final Backoff LATER = new Backoff(2, 60, 2);

    /**
     * Resumption delays.
     *
     * @param intervalSeconds the first delay
     * @param maxDelaySeconds the longest
     * @param multiplier growth from one to the next
     */
    public record Backoff(int intervalSeconds, int maxDelaySeconds, int multiplier) {}

    static ErrorBody of(SyncError error, String message) {
        Backoff backoff =
                switch (error) {
                    case CONNECTION_CLOSED -> DRAINING;
                    case MOVED -> AT_ONCE;
                    case UNDECIDED -> PATIENT;
                    case OVERLOADED -> LATER;
                    default -> null;
                };
        boolean reset = error.action() == ErrorAction.CLIENT_RESET;
        return new ErrorBody(
                error.action().wireName(), false, "", cut(message), reset, error.tryAgain(), backoff);
    }

    static String cut(String message) {
        return message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    }

    byte[] encode() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("action", action);
        if (backoff != null) {
            json.put("backoffIntervalSec", backoff.intervalSeconds())
                    .put("backoffMaxDelaySec", backoff.maxDelaySeconds())
                    .put("backoffMultiplier", backoff.multiplier());
        }
        json.put("isRecoveryModeDisabled", isRecoveryModeDisabled)
                .put("logURL", logUrl)
                .put("message", message)
                .put("shouldClientReset", shouldClientReset)
                .put("tryAgain", tryAgain);
        return JsonBody.encode(json);
    }

    static ErrorBody decode(byte[] body) {
        ObjectNode json = JsonBody.decode(body);
        return new ErrorBody(
                JsonBody.text(json, "action"),
                JsonBody.flag(json, "isRecoveryModeDisabled"),
                JsonBody.text(json, "logURL"),
                JsonBody.text(json, "message"),
                JsonBody.flag(json, "shouldClientReset"),
                JsonBody.flag(json, "tryAgain"),
                decodeBackoff(json));
    }

    private static @Nullable Backoff decodeBackoff(ObjectNode json) {
        JsonNode interval = json.get("backoffIntervalSec");
        if (interval == null) {
            return null;
        }
        return new Backoff(
                JsonBody.integer(json, "backoffIntervalSec"),
                JsonBody.integer(json, "backoffMaxDelaySec"),
                JsonBody.integer(json, "backoffMultiplier"));
    }
}
