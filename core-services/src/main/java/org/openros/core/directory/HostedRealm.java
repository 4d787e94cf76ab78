// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

/**
 * A realm as a group of workers has it.
 *
 * @param standing {@code OPEN}, {@code ARRIVING}, {@code LEAVING} or {@code GONE}
 * @param move names the move that it is part of; may be empty
 * @param progress how far it has arrived
 * @param end what has to be the same on both sides of a move
 * @param committed newest entry in the log of the group
 */
record HostedRealm(String standing, String move, String progress, End end, RealmSize size, long committed) {
    /** How far the history goes. */
    record End(long serverVersion, long salt, long cumulativeBytes, long lastFileIdent) {}

    boolean is(String wanted, String ofMove) {
        return standing.equals(wanted) && move.equals(ofMove);
    }
}
