// SPDX-License-Identifier: Apache-2.0
package org.openros.storage.rocks;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.openros.domain.FileIdent;
import org.openros.domain.RealmPath;
import org.openros.storage.Realms;
import org.openros.storage.Write;
import org.openros.storage.WriteSet;

/**
 * The process that {@link KilledProcessTest} kills: commits to several realms as fast as it can, continuing what it
 * finds, and prints each commit once it is reported: the number of the realm and the version.
 */
final class CrashingWriter {
    static final int REALMS = 5;
    private static final int IN_FLIGHT = 100;

    private CrashingWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        RocksStorage storage = RocksStorage.open(Path.of(arguments[0]), SmallStores.OPTIONS);
        long[] versions = new long[REALMS];
        for (int i = 0; i < REALMS; i++) {
            versions[i] = storage.realm(Realms.realm(i)).head().serverVersion();
        }
        PrintStream out = System.out;
        out.println("ready");
        Semaphore room = new Semaphore(IN_FLIGHT);
        for (int i = 0; ; i = (i + 1) % REALMS) {
            room.acquire();
            long version = ++versions[i];
            int number = i;
            storage.commit(writeSet(Realms.realm(i), version), failure -> {
                out.println(failure == null ? number + " " + version : "failed " + failure);
                room.release();
            });
        }
    }

    /** Each version replaces the one piece of state and the one reciprocal form of the version before. */
    private static WriteSet writeSet(RealmPath realm, long version) {
        FileIdent client = Realms.CLIENT;
        return new WriteSet(realm, List.of(
                new Write.PutEntry(Realms.entry(version, (int) (version % 700))),
                new Write.DeleteStatePrefix(Realms.bytes("v")),
                Realms.putState("v" + version, "x"),
                new Write.PutReciprocal(client, version, ByteBuffer.allocate(8).putLong(version).array()),
                new Write.TrimReciprocal(client, version - 1)));
    }
}
