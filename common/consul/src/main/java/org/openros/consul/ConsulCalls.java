// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LockServiceException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import tools.jackson.core.JacksonException;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Makes calls to Consul and tells what has gone wrong with them, and what to do about it. Thread-safe. */
final class ConsulCalls {
    /** As much of an answer as fits a message. */
    private static final int QUOTED = 200;

    private static final String TOKEN_FIX =
            "check spring.cloud.consul.token: its policy needs key_prefix write for what"
            + " ros.consul.prefix says, and session_prefix \"\" write; to list and find services, service_prefix"
            + " write for the same with hyphens, and node_prefix \"\" read";

    private final ConsulAddress address;
    private volatile @Nullable String problem;

    ConsulCalls(ConsulAddress address) {
        this.address = address;
    }

    /**
     * What a call was answered.
     *
     * @param index of Consul's state; 0 if it was not told
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Answer(int status, byte[] body, long index) {
        String text() {
            String text = new String(body, UTF_8).strip();
            return text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text;
        }
    }

    /**
     * Makes a call.
     *
     * @param what for messages: what the call is for
     * @param expected statuses other than 200 that the caller understands
     */
    Answer call(String what, Supplier<ResponseEntity<byte[]>> request, int... expected) throws LockServiceException {
        try {
            Answer answer = attempt(what, request, expected);
            problem = null;
            return answer;
        } catch (LockServiceException e) {
            problem = e.getMessage();
            throw e;
        }
    }

    /** What went wrong with the last call; null if nothing did. */
    @Nullable String problem() {
        return problem;
    }

    private Answer attempt(String what, Supplier<ResponseEntity<byte[]>> request, int... expected)
            throws LockServiceException {
        Answer answer;
        try {
            answer = answer(request.get());
        } catch (RestClientException e) {
            throw unanswered(what, e);
        }
        if (answer.status != 200 && !contains(expected, answer.status)) {
            throw refused(what, answer);
        }
        return answer;
    }

    /** Reads the body of an answer to that call. */
    <T> T read(String what, Answer answer, Class<T> type) throws LockServiceException {
        try {
            T body = ConsulJson.MAPPER.readValue(answer.body, type);
            if (body != null) {
                return body;
            }
        } catch (JacksonException e) {
            throw notConsul(what, answer, e);
        }
        throw notConsul(what, answer, null);
    }

    /** The token does not let us do that. */
    LockServiceException forbidden(String what, String reason) {
        return new LockServiceException(
                "Consul at " + address + " does not allow to " + what + " (" + reason + "); " + TOKEN_FIX, false, null);
    }

    private static Answer answer(ResponseEntity<byte[]> entity) {
        byte[] body = entity.getBody();
        String index = entity.getHeaders().getFirst("X-Consul-Index");
        return new Answer(
                entity.getStatusCode().value(),
                body == null ? new byte[0] : body,
                index == null || !index.matches("[0-9]{1,18}") ? 0 : Long.parseLong(index));
    }

    private LockServiceException refused(String what, Answer answer) {
        if (answer.status == 403) {
            return forbidden(what, answer.text());
        }
        String told = "Consul at " + address + " cannot " + what + " (" + answer.status + ": " + answer.text() + ")";
        if (answer.text().contains("No cluster leader")) {
            return new LockServiceException(
                    told + "; wait for the servers to elect one, and check that more than half of them run",
                    false, null);
        }
        if (answer.status >= 500) {
            return new LockServiceException(told + "; see the log of the Consul agent", true, null);
        }
        return new LockServiceException(
                told + "; check spring.cloud.consul.scheme, .host and .port, and that a Consul agent answers there",
                false,
                null);
    }

    private LockServiceException notConsul(String what, Answer answer, @Nullable Throwable cause) {
        return new LockServiceException(
                "What answers at " + address + " to " + what + " is no Consul agent (" + answer.text()
                        + "); check spring.cloud.consul.host and .port",
                true,
                cause);
    }

    private LockServiceException unanswered(String what, RestClientException failure) {
        Throwable cause = failure instanceof ResourceAccessException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        if (isBeforeSending(cause)) {
            return new LockServiceException(
                    "Consul at " + address + " cannot be reached to " + what + " (" + cause + "); check"
                            + " spring.cloud.consul.scheme, .host and .port, and that the agent of this machine runs",
                    false,
                    cause);
        }
        String reason = cause instanceof HttpTimeoutException ? "no answer in time" : cause.toString();
        return new LockServiceException(
                "Consul at " + address + " was asked to " + what + ", outcome unknown (" + reason
                + "); check the agent of"
                        + " this machine, and that the Consul servers have a leader",
                true,
                cause);
    }

    private static boolean isBeforeSending(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof SSLHandshakeException;
    }

    private static boolean contains(int[] statuses, int status) {
        for (int each : statuses) {
            if (each == status) {
                return true;
            }
        }
        return false;
    }
}
