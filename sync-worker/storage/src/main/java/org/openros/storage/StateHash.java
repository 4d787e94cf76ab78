// SPDX-License-Identifier: Apache-2.0
package org.openros.storage;

import org.openros.domain.log.Position;

/**
 * What a whole state adds up to.
 *
 * @param at the last entry in it
 * @param sha256 of all keys and values in order, in hexadecimal
 */
public record StateHash(Position at, String sha256) {}
