// SPDX-License-Identifier: Apache-2.0
package org.openros.gateway.core;

import reactor.core.publisher.Mono;

/** The port that tells what has happened to the rights of users. Thread-safe. */
public interface AccessNewsSource {
    /** What happened behind a number; empty if nobody can tell now. Never an error. */
    Mono<AccessNews> newsAfter(long number);
}
