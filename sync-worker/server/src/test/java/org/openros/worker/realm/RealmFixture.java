// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import org.awaitility.Awaitility;
import org.openros.changeset.ByteString;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.Instruction.AddColumn;
import org.openros.changeset.Instruction.AddTable;
import org.openros.changeset.Instruction.CreateObject;
import org.openros.changeset.Instruction.PrimaryKey;
import org.openros.changeset.Instruction.Update;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.domain.RealmPath;
import org.openros.protocol.SyncError;
import org.openros.storage.Storage;
import org.openros.storage.memory.InMemoryStorage;

/** Realms on a storage in memory, and the instructions that tests need. */
final class RealmFixture implements AutoCloseable {
    static final RealmPath PATH = new RealmPath("/app/test");
    static final ByteString ITEM = ByteString.of("Item");
    static final ByteString NAME = ByteString.of("name");
    static final ByteString SIZE = ByteString.of("size");

    final InMemoryStorage storage = new InMemoryStorage();
    final RecordedEvents events = new RecordedEvents();
    volatile LeadershipCheck leadership = LeadershipCheck.CERTAIN;
    private final ForkJoinPool threads = new ForkJoinPool(2);
    final WorkMemory memory;
    Realms realms;

    RealmFixture() {
        this(1 << 20);
    }

    RealmFixture(int downloadBytes) {
        this(downloadBytes, 64 << 20);
    }

    RealmFixture(int downloadBytes, long workBytes) {
        memory = new WorkMemory(workBytes);
        realms = start(storage, downloadBytes);
    }

    /** Forgets everything in memory, as a restart of the process does. */
    void restart() {
        realms = start(storage, 1 << 20);
    }

    /** Ends all sessions, lets commits under way end, and forgets everything in memory. */
    void settleAndRestart(int downloadBytes) {
        realms.close("restart");
        Awaitility.await().until(() -> {
            realms.sweep();
            return realms.size() == 0;
        });
        realms = start(storage, downloadBytes);
    }

    private Realms start(Storage on, int downloadBytes) {
        RealmSettings settings = new RealmSettings(
                downloadBytes, 1 << 20, 1 << 20, 2, Duration.ofMillis(1), Duration.ofMillis(50));
        return new Realms(on, threads, settings, memory, events, answer -> leadership.confirm(answer),
                Clock.systemUTC());
    }

    RawClient client(String connection) {
        return RawClient.open(realms, PATH, connection);
    }

    @Override
    public void close() {
        realms.close("test ends");
        storage.close();
        threads.shutdownNow();
    }

    static Instruction[] schema() {
        return new Instruction[] {
            new AddTable(ITEM, TableKind.TOP_LEVEL, new PrimaryKey(ByteString.of("_id"), TypeCode.INT, false)),
            new AddColumn(ITEM, NAME, TypeCode.STRING, false, CollectionType.SINGLE, null, null),
            new AddColumn(ITEM, SIZE, TypeCode.INT, false, CollectionType.SINGLE, null, null)
        };
    }

    static Instruction create(long id) {
        return new CreateObject(ITEM, new ObjectKey.Int(id));
    }

    static Instruction name(long id, String name) {
        return new Update(
                ITEM, new ObjectKey.Int(id), NAME, List.of(), new Value.Str(ByteString.of(name)), 0, false);
    }

    /** What happened, for assertions. */
    static final class RecordedEvents implements RealmEvents {
        final ConcurrentLinkedQueue<SyncError> refusals = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

        @Override
        public void integrated(int entries, long bytes) {}

        @Override
        public void refused(RealmPath realm, SyncError error, String message) {
            refusals.add(error);
        }

        @Override
        public void clientFailed(RealmPath realm, int code, String message) {}

        @Override
        public void commitFailed(RealmPath realm, Throwable failure) {}

        @Override
        public void failed(RealmPath realm, Throwable failure) {
            failures.add(failure);
        }
    }
}
