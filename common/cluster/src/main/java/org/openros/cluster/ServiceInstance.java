// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.util.Map;

/**
 * A process that others of the installation can find.
 *
 * @param service what it is, {@code gateway} for one
 * @param host name or address under which other machines reach it; empty for that of its machine in the directory
 * @param port of its HTTP interface, which has {@code /livez} and {@code /readyz}
 * @param tls whether that interface speaks TLS
 * @param details for people and scripts: node and group of a worker
 */
public record ServiceInstance(String service, String host, int port, boolean tls, Map<String, String> details) {
    /** Keeps a copy of the details. */
    public ServiceInstance {
        details = Map.copyOf(details);
    }
}
