// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.openros.domain.token.ServiceTokens;
import org.openros.launcher.operator.HttpEndpoint.Reply;
import tools.jackson.databind.json.JsonMapper;

/** What a sync worker offers operators. Thread-safe. */
public final class WorkerApi {
    private static final String GROUP = "/group/";

    private final HttpEndpoint endpoint;
    private final ServiceTokens tokens;

    /**
     * Calls nothing.
     *
     * @param worker base of the worker's HTTP interface
     * @param secret shared by the applications of the installation
     */
    public WorkerApi(URI worker, String secret) {
        endpoint = new HttpEndpoint(worker);
        tokens = new ServiceTokens(secret, Clock.systemUTC());
    }

    /** Where the worker is. */
    public URI base() {
        return endpoint.base();
    }

    /**
     * How the worker sees itself and its group.
     *
     * @throws IOException if it does not answer in time
     */
    public Reply status(Duration timeout) throws IOException {
        return endpoint.send(authorized("status", timeout).GET());
    }

    /**
     * Gives an order.
     *
     * @param order last part of the path, {@code step-down}
     * @throws IOException if there is no answer in time; it may have been carried out
     */
    public Reply order(String order, Map<String, ?> arguments, Duration timeout) throws IOException {
        return endpoint.send(authorized(order, timeout)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JsonMapper.shared().writeValueAsBytes(arguments))));
    }

    private HttpRequest.Builder authorized(String path, Duration timeout) {
        return endpoint.request(GROUP + path, timeout).header("Authorization", "Bearer " + tokens.issue("operator"));
    }
}
