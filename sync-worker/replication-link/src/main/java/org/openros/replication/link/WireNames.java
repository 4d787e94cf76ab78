// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import org.openros.replication.frame.CheckpointReason;
import org.openros.replication.frame.RefusalReason;
import org.openros.replication.frame.Role;
import org.openros.replication.frame.Sight;

/**
 * Closed sets of words, to the wire and back: a value on the wire has the name of the word behind a prefix. What a
 * newer release says and this one does not know becomes the nearest word that is known.
 */
final class WireNames {
    private static final String CHECKPOINT = "CHECKPOINT_REASON_";
    private static final String REFUSAL = "REFUSAL_REASON_";
    private static final String ROLE = "ROLE_";
    private static final String SIGHT = "SIGHT_";

    private WireNames() {}

    static org.openros.replication.link.wire.CheckpointReason encode(CheckpointReason reason) {
        return org.openros.replication.link.wire.CheckpointReason.valueOf(CHECKPOINT + reason.name());
    }

    static org.openros.replication.link.wire.RefusalReason encode(RefusalReason reason) {
        return org.openros.replication.link.wire.RefusalReason.valueOf(REFUSAL + reason.name());
    }

    static org.openros.replication.link.wire.Role encode(Role role) {
        return org.openros.replication.link.wire.Role.valueOf(ROLE + role.name());
    }

    static org.openros.replication.link.wire.Sight encode(Sight sight) {
        return org.openros.replication.link.wire.Sight.valueOf(SIGHT + sight.name());
    }

    static CheckpointReason decode(org.openros.replication.link.wire.CheckpointReason wire, CheckpointReason unknown) {
        return decode(CheckpointReason.class, CHECKPOINT, wire, unknown);
    }

    static RefusalReason decode(org.openros.replication.link.wire.RefusalReason wire, RefusalReason unknown) {
        return decode(RefusalReason.class, REFUSAL, wire, unknown);
    }

    static Role decode(org.openros.replication.link.wire.Role wire, Role unknown) {
        return decode(Role.class, ROLE, wire, unknown);
    }

    static Sight decode(org.openros.replication.link.wire.Sight wire, Sight unknown) {
        return decode(Sight.class, SIGHT, wire, unknown);
    }

    private static <E extends Enum<E>> E decode(Class<E> words, String prefix, Enum<?> wire, E unknown) {
        for (E word : words.getEnumConstants()) {
            if (wire.name().equals(prefix + word.name())) {
                return word;
            }
        }
        return unknown;
    }
}
