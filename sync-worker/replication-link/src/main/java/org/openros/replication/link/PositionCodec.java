// SPDX-License-Identifier: Apache-2.0
package org.openros.replication.link;

import java.util.List;
import java.util.UUID;
import org.openros.domain.Epoch;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.EpochTable;
import org.openros.domain.log.Position;
import org.openros.replication.link.wire.EpochStart;
import org.openros.replication.link.wire.LogPosition;
import org.openros.replication.link.wire.Uuid;

/**
 * Identities and places in the log, to the wire and back. What comes from the wire is checked by the domain's types.
 */
final class PositionCodec {
    private PositionCodec() {}

    static Uuid encode(UUID id) {
        return Uuid.newBuilder()
                .setHigh(id.getMostSignificantBits())
                .setLow(id.getLeastSignificantBits())
                .build();
    }

    static UUID decode(Uuid id) {
        return new UUID(id.getHigh(), id.getLow());
    }

    static LogPosition encode(Position position) {
        return LogPosition.newBuilder()
                .setEpoch(position.epoch().value())
                .setSeq(position.seq())
                .setHashHigh(position.hash().high())
                .setHashLow(position.hash().low())
                .build();
    }

    /**
     * Reads a position.
     *
     * @throws IllegalArgumentException if a number is negative
     */
    static Position decode(LogPosition position) {
        return new Position(
                new Epoch(position.getEpoch()),
                seq(position.getSeq()),
                new ChainHash(position.getHashHigh(), position.getHashLow()));
    }

    static List<EpochStart> encode(EpochTable table) {
        return table.starts().stream()
                .map(start -> EpochStart.newBuilder()
                        .setEpoch(start.epoch().value())
                        .setFirstSeq(start.firstSeq())
                        .build())
                .toList();
    }

    /**
     * Reads an epoch table.
     *
     * @throws IllegalArgumentException if it does not rise
     */
    static EpochTable decode(List<EpochStart> starts) {
        return new EpochTable(starts.stream()
                .map(start -> new EpochTable.Start(new Epoch(start.getEpoch()), seq(start.getFirstSeq())))
                .toList());
    }

    /**
     * Checks the number of an entry.
     *
     * @throws IllegalArgumentException if it is negative
     */
    static long seq(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("not the number of an entry: " + number);
        }
        return number;
    }
}
