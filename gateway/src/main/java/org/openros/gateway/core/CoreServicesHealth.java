// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import reactor.core.publisher.Mono;

/** The port that tells whether core services can serve. Thread-safe. */
public interface CoreServicesHealth {
    /** Whether an instance says that it is ready; false after three seconds without an answer. Never an error. */
    Mono<Boolean> isReady();
}
