// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openros.domain.Epoch;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.domain.log.ChainHash;
import org.openros.domain.log.LogEntry;
import org.openros.domain.log.Position;
import org.openros.storage.Realms;
import org.openros.storage.commit.EntryCodec;
import org.openros.storage.commit.WriteSetCodec;

/**
 * The process that {@link KilledFollowerTest} kills: promises, cuts, appends and applies as fast as it can, and prints
 * what is about to be cut, and everything that is durable.
 */
final class CrashingFollower {
    private static final NodeId NODE = new NodeId("a");

    private CrashingFollower() {}

    static RocksNodeStore open(Path folder) {
        return RocksNodeStore.open(folder, GroupId.DEFAULT, NODE, SmallStores.IN_GROUP);
    }

    public static void main(String[] arguments) {
        RocksNodeStore store = open(Path.of(arguments[0]));
        Random random = new Random(Long.parseLong(arguments[1]));
        PrintStream out = System.out;
        Epoch epoch = store.promisedEpoch();
        while (true) {
            epoch = epoch.next();
            store.promise(epoch);
            out.println("promised " + epoch);
            long cut = store.last()
                    .seq() - random.nextInt((int) Math.min(60, store.last().seq() - store.applied().seq() + 1));
            Position end = store.position(cut);
            out.println("cutting " + cut + " " + (end == null ? "gone" : end.hash()));
            store.cut(cut);
            for (int batch = 0; batch < 8; batch++) {
                store.append(entries(store.last(), epoch, 1 + random.nextInt(20), batch == 0));
                out.println("appended " + store.last().seq() + " " + store.last().hash());
            }
            store.apply(store.last().seq() - random.nextInt(50));
        }
    }

    /** Pieces of object state, which need no order. */
    private static List<LogEntry> entries(Position after, Epoch epoch, int count, boolean first) {
        ChainHash.Chain chain = new ChainHash.Chain();
        List<LogEntry> entries = new ArrayList<>();
        Position last = after;
        for (int i = 0; i < count; i++) {
            long seq = last.seq() + 1;
            byte[] payload = first && i == 0 ? EntryCodec.noOp() : payload(seq, epoch);
            last = new Position(epoch, seq, chain.next(last.hash(), epoch.value(), seq, payload));
            entries.add(new LogEntry(last, payload));
        }
        return entries;
    }

    private static byte[] payload(long seq, Epoch epoch) {
        return WriteSetCodec.encode(new org.openros.storage.WriteSet(
                Realms.realm((int) (seq % 5)),
                List.of(Realms.putState("k" + seq % 100, epoch + "x".repeat((int) (seq % 400))))));
    }
}
