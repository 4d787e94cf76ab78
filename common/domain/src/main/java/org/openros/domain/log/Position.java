// SPDX-License-Identifier: Apache-2.0
package org.openros.domain.log;

import org.openros.domain.Epoch;

/**
 * A place in the log (group protocol, "Words").
 *
 * @param epoch of the master that wrote the entry
 * @param seq number of the entry, dense from 1; 0 before the first
 * @param hash covers the entry and all before it
 */
public record Position(Epoch epoch, long seq, ChainHash hash) {
    /** Before the first entry. */
    public static final Position START = new Position(Epoch.NONE, 0, ChainHash.START);
}
