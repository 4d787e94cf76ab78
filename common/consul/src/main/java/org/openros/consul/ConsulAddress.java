// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.net.URI;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where the Consul agent of this machine is, and what it asks for.
 *
 * @param base {@code http://host:port}, with a path if there is one
 * @param token of Consul's access control; empty if it is off
 * @param tls whom to trust and what to show to an agent that speaks TLS; null for the platform's own
 */
public record ConsulAddress(URI base, String token, @Nullable SSLContext tls) {
    /** Without the token, which is a secret. */
    @Override
    public String toString() {
        return base.toString();
    }
}
