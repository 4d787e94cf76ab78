// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.sync;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;

/**
 * A well-formed request to open a sync connection (sync protocol, section 1.2).
 *
 * @param id for the connection
 * @param accessToken from the query {@code baas_at} or else from {@code Authorization}; empty if there is none
 * @param offers the values of {@code Sec-WebSocket-Protocol}
 * @param key the value of {@code Sec-WebSocket-Key}
 */
record UpgradeRequest(String id, AppId app, String accessToken, List<String> offers, String key) {
    private static final Pattern PATH = Pattern.compile("/api/client/v2\\.0/app/([^/?]+)/realm-sync");
    private static final String TOKEN_PARAMETER = "baas_at=";
    private static final String BEARER = "bearer ";
    private static final String VERSION = "13";

    /** Whether the request wants a WebSocket on the path of sync connections, well-formed or not. */
    static boolean isMeant(HttpRequest request) {
        return request.decoderResult().isSuccess()
                && path(request).matches()
                && request.headers()
                        .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /** Reads the request; null if it is not what RFC 6455, section 4.1, asks for. */
    static @Nullable UpgradeRequest read(String id, HttpRequest request) {
        HttpHeaders headers = request.headers();
        Matcher path = path(request);
        String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (!path.matches() || !AppId.isValid(path.group(1)) || key == null || !isHandshake(request)) {
            return null;
        }
        List<String> offers = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        return new UpgradeRequest(id, new AppId(path.group(1)), token(request), List.copyOf(offers), key);
    }

    private static boolean isHandshake(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.method().equals(HttpMethod.GET)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && headers.contains(HttpHeaderNames.SEC_WEBSOCKET_VERSION, VERSION, false)
                && HttpUtil.getContentLength(request, 0) == 0
                && !HttpUtil.isTransferEncodingChunked(request);
    }

    private static Matcher path(HttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        return PATH.matcher(query < 0 ? uri : uri.substring(0, query));
    }

    private static String token(HttpRequest request) {
        String uri = request.uri();
        int query = uri.indexOf('?');
        if (query >= 0) {
            for (String parameter : uri.substring(query + 1).split("&", -1)) {
                if (parameter.startsWith(TOKEN_PARAMETER)) {
                    return parameter.substring(TOKEN_PARAMETER.length());
                }
            }
        }
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : "";
    }

    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return "UpgradeRequest[app=" + app + ", offers=" + offers + "]";
    }
}
