// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.client;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and how it wants to be talked to.
 *
 * @param tls both for HTTP and for the WebSocket
 * @param path the path of the sync WebSocket
 * @param link instead of the WebSocket, if sessions go straight to a worker
 */
public record ServerAddress(
        String host, int port, boolean tls, String path, String app, @Nullable WorkerLink link) {
    /**
     * Reads a base URL.
     *
     * @param url http, https, ws or wss, host, and a port unless it is the usual one
     * @param path the path of the sync WebSocket; null for the one that SDKs use
     * @throws IllegalArgumentException if the URL is of another kind
     */
    public static ServerAddress of(URI url, String app, @Nullable String path) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        boolean tls =
                switch (scheme) {
                    case "http", "ws" -> false;
                    case "https", "wss" -> true;
                    default -> throw new IllegalArgumentException("the URL has to start with http, https, ws or wss");
                };
        if (url.getHost() == null) {
            throw new IllegalArgumentException("the URL has no host");
        }
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        String sync = path != null ? path : "/api/client/v2.0/app/" + app + "/realm-sync";
        return new ServerAddress(url.getHost(), port, tls, sync, app, null);
    }

    /**
     * A worker without its gateway; users log in at core services.
     *
     * @throws IllegalArgumentException if the address of core services is not of the kind of {@link #of}
     */
    public static ServerAddress ofWorker(WorkerLink link, String app) {
        ServerAddress core = of(link.core(), app, null);
        return new ServerAddress(core.host, core.port, core.tls, core.path, app, link);
    }

    URI webSocket(@Nullable String token) {
        String query = token == null ? "" : "?baas_at=" + token;
        return URI.create((tls ? "wss" : "ws") + "://" + host + ":" + port + path + query);
    }

    URI http(String apiPath) {
        return URI.create((tls ? "https" : "http") + "://" + host + ":" + port + "/api/client/v2.0" + apiPath);
    }
}
