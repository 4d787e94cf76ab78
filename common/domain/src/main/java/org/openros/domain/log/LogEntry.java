// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.log;

/**
 * One entry of a log.
 *
 * @param position where it stands; its hash covers the payload and all entries before
 * @param payload not modified later
 */
public record LogEntry(Position position, byte[] payload) {}
