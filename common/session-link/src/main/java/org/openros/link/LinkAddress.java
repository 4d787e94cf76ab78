// SPDX-License-Identifier: Apache-2.0
package org.openros.link;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where a link is served: the two forms a URI can have, checked once. */
sealed interface LinkAddress {
    /** {@code inprocess:name}: a server of this process. */
    record InProcess(String name) implements LinkAddress {}

    /** {@code grpc://host:port}: HTTP/2 without TLS. */
    record Network(String host, int port) implements LinkAddress {}

    /**
     * Reads the address.
     *
     * @throws IllegalArgumentException if the URI has another form
     */
    static LinkAddress of(URI uri) {
        String scheme = uri.getScheme();
        String name = uri.getSchemeSpecificPart();
        if ("inprocess".equals(scheme) && isName(name)) {
            return new InProcess(name);
        }
        String host = uri.getHost();
        if ("grpc".equals(scheme) && host != null && uri.getPort() >= 0) {
            return new Network(host, uri.getPort());
        }
        throw new IllegalArgumentException("not a link address, grpc://host:port or inprocess:name expected: " + uri);
    }

    private static boolean isName(@Nullable String text) {
        return text != null && !text.isEmpty() && !text.startsWith("/");
    }
}
