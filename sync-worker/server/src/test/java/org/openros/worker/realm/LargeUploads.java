// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openros.changeset.Instruction;
import org.openros.domain.GroupId;
import org.openros.domain.NodeId;
import org.openros.domain.RealmPath;
import org.openros.protocol.UploadProgress;
import org.openros.storage.CommitGate;
import org.openros.storage.Leading;
import org.openros.storage.rocks.RocksNodeStore;
import org.openros.storage.rocks.StorageOptions;

/**
 * A process with a small heap in which many clients upload transactions of 100,000 objects at once, others download
 * them, and one with small changes wants to be served meanwhile. Arguments: folder of the store, folder of the messages
 * that each of the many sends, how many they are, megabytes of the heap that something else takes. Says how it went on
 * its last line.
 */
final class LargeUploads {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private LargeUploads() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        byte[] others = new byte[Integer.parseInt(args[3]) << 20];
        ExecutorService threads = Executors.newFixedThreadPool(4, Thread.ofPlatform().daemon().factory());
        RocksNodeStore store = RocksNodeStore.open(
                Path.of(args[0]), new GroupId("large"), new NodeId("node"), StorageOptions.IN_GROUP);
        Leading leading = store.lead(store.promisedEpoch().next(), CommitGate.LONE);
        leading.established().join();
        RealmFixture.RecordedEvents events = new RealmFixture.RecordedEvents();
        WorkMemory memory = new WorkMemory(args.length > 4 ? Long.parseLong(args[4]) << 20 : WorkMemory.ofHeap());
        Realms realms = new Realms(
                leading, threads, RealmSettings.DEFAULT, memory, events, LeadershipCheck.CERTAIN, Clock.systemUTC());
        List<byte[]> messages = LargeMessages.read(Path.of(args[1]));
        List<LargeClient> clients = clients(realms, Integer.parseInt(args[2]), messages);
        RawClient small = RawClient.open(realms, new RealmPath("/app/small"), "small");
        small.join();
        long most = 0;
        long slowest = 0;
        long changes = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!clients.stream().allMatch(client -> client.isDone(messages.size())) && System.nanoTime() < deadline) {
            slowest = Math.max(slowest, change(small, ++changes));
            clients.forEach(LargeClient::read);
            most = Math.max(most, memory.uploads().used());
            realms.sweep();
        }
        long done = clients.stream().filter(client -> client.isDone(messages.size())).count();
        clients.stream().map(LargeClient::end).filter(end -> !end.isEmpty()).forEach(System.out::println);
        System.out.println("others " + others.length + ", at most " + most + " of " + memory.uploads().limit()
                + ", refused " + events.refusals + ", failed " + events.failures);
        System.out.println("done " + done + " of " + clients.size() + ", small changes " + changes + ", slowest "
                + TimeUnit.NANOSECONDS.toMillis(slowest) + " ms");
        System.exit(0);
    }

    private static List<LargeClient> clients(Realms realms, int count, List<byte[]> messages) {
        List<LargeClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RealmPath path = new RealmPath("/app/large-" + i);
            LargeClient writer = LargeClient.open(realms, path, "writer-" + i);
            messages.forEach(writer::upload);
            clients.add(writer);
            clients.add(LargeClient.open(realms, path, "reader-" + i));
            clients.add(LargeClient.open(realms, path, "slow-" + i).slow());
        }
        return clients;
    }

    /** Makes a small change and waits for its acknowledgement; how many nanoseconds that took. */
    private static long change(RawClient small, long number) {
        long start = System.nanoTime();
        small.upload(new UploadProgress(number, 0, 0), RawClient.entry(number, 0,
                number == 1 ? RealmFixture.schema() : new Instruction[] {RealmFixture.create(number)}));
        small.awaitAcknowledged(number);
        return System.nanoTime() - start;
    }
}
