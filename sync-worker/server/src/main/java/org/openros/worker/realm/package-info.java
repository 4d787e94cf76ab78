// SPDX-License-Identifier: Apache-2.0
/**
 * One realm at work: a serial actor that binds sessions, integrates uploads, commits write sets and produces downloads.
 * Nothing here knows Spring, gRPC or sockets.
 */
@NullMarked
package org.openros.worker.realm;

import org.jspecify.annotations.NullMarked;
