// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

/**
 * The session that a node holds in the lock service.
 *
 * @param renewedNanos just before it was renewed last, by {@link System#nanoTime}
 */
public record Lease(String session, long renewedNanos) {}
