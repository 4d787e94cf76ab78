// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.DefaultUriBuilderFactory.EncodingMode;

/** The HTTP client of one Consul agent. Thread-safe. */
final class ConsulClient implements AutoCloseable {
    private static final String TOKEN_HEADER = "X-Consul-Token";

    private final ConsulAddress address;
    private final HttpClient http;

    /**
     * Connects with the first call.
     *
     * @param timeout to connect
     */
    ConsulClient(ConsulAddress address, Duration timeout) {
        this.address = address;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .connectTimeout(timeout);
        if (address.tls() != null) {
            builder.sslContext(address.tls());
        }
        http = builder.build();
    }

    /** A part of the interface, with a timeout for each whole call. */
    <T> T api(Class<T> type, Duration callTimeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(callTimeout);
        // Keys keep the slashes between their parts.
        DefaultUriBuilderFactory uris = new DefaultUriBuilderFactory(address.base().toString());
        uris.setEncodingMode(EncodingMode.URI_COMPONENT);
        uris.setParsePath(false);
        RestClient.Builder client = RestClient.builder()
                .requestFactory(requests)
                .uriBuilderFactory(uris)
                .configureMessageConverters(converters ->
                        converters.disableDefaults().addCustomConverter(new ByteArrayHttpMessageConverter()))
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {});
        if (!address.token().isEmpty()) {
            client.defaultHeader(TOKEN_HEADER, address.token());
        }
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client.build()))
                .build()
                .createClient(type);
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
