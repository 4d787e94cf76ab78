// SPDX-License-Identifier: Apache-2.0
/**
 * Consul processes on this machine, for local clusters and tests: the program is found or fetched, started and stopped.
 */
@NullMarked
package org.openros.consul.local;

import org.jspecify.annotations.NullMarked;
