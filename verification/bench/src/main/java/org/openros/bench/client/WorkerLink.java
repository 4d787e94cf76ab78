// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.client;

import java.net.URI;

/**
 * How to reach a worker without a gateway.
 *
 * @param worker where it takes session streams, {@code grpc://host:port}
 * @param core base address of core services, which give the right to a realm
 * @param secret that the applications share
 */
public record WorkerLink(URI worker, URI core, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "WorkerLink[worker=" + worker + ", core=" + core + "]";
    }
}
