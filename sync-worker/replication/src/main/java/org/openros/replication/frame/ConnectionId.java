// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.frame;

import java.util.UUID;

/**
 * One stream between a follower and a master. The follower's machine makes it; it is never used again, so that a late
 * acknowledgement of an earlier stream cannot be taken for one of this (group protocol, rule 7).
 */
public record ConnectionId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
