// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.openros.changeset.ByteString;
import org.openros.changeset.Changeset;
import org.openros.changeset.CollectionType;
import org.openros.changeset.Instruction;
import org.openros.changeset.ObjectKey;
import org.openros.changeset.TableKind;
import org.openros.changeset.TypeCode;
import org.openros.changeset.Value;
import org.openros.cluster.EmbeddedLockService;
import org.openros.domain.GroupId;
import org.openros.domain.Lineage;
import org.openros.domain.NodeId;
import org.openros.domain.RealmPath;
import org.openros.replication.NodeSettings;
import org.openros.replication.NodeSettings.WhenBackupLost;
import org.openros.replication.Timing;
import org.openros.replication.frame.Role;
import org.openros.replication.link.ReplicationTls;
import org.openros.storage.rocks.RocksNodeStore;
import org.openros.storage.rocks.StorageOptions;
import org.openros.worker.realm.RealmSettings;
import org.openros.worker.realm.Realms;
import org.openros.worker.realm.Transaction;
import org.openros.worker.realm.UnheardEvents;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/** The nodes of a group in one process, each with a folder of its own. */
final class TestGroup implements AutoCloseable {
    static final GroupId GROUP = new GroupId("test");
    static final RealmPath REALM = new RealmPath("/app/test");
    private static final ByteString ITEM = ByteString.of("Item");
    private static final ByteString NAME = ByteString.of("name");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final StorageOptions SMALL =
            new StorageOptions(StorageOptions.DEFAULT.limits(), 256 << 10, 1 << 20, 1 << 20, 1 << 20, 1, 0, 0, false)
                    .inGroup(1 << 20, 1 << 20);

    final EmbeddedLockService locks = new EmbeddedLockService();
    private final Path folder;
    private final List<NodeId> names;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Map<NodeId, Running> running = new TreeMap<>();
    private Function<String, @Nullable ReplicationTls> tls = name -> null;
    private final Set<NodeId> full = ConcurrentHashMap.newKeySet();
    private final Set<NodeId> cut = ConcurrentHashMap.newKeySet();

    /** A node whose process runs. */
    record Running(GroupNode node, RocksNodeStore store) {}

    TestGroup(Path folder, String... names) {
        this.folder = folder;
        this.names = List.of(names).stream().map(NodeId::new).toList();
    }

    /** What each node proves with who it is. */
    TestGroup withTls(Function<String, @Nullable ReplicationTls> ofNode) {
        tls = ofNode;
        return this;
    }

    TestGroup startAll() {
        names.forEach(name -> start(name.value()));
        return this;
    }

    GroupNode start(String name) {
        NodeId node = new NodeId(name);
        RocksNodeStore store = RocksNodeStore.open(
                folder.resolve(name), GROUP, node, SMALL, () -> full.contains(node) ? 0 : Long.MAX_VALUE);
        Timing timing = Timing.withLease(Duration.ofSeconds(10));
        NodeSettings settings = new NodeSettings(
                GROUP, node, names, 1, System.nanoTime(), Lineage.random(), WhenBackupLost.BLOCK, timing);
        Reigns reigns = new Reigns((storage, leadership) -> new Realms(
                storage, threads, RealmSettings.DEFAULT, new UnheardEvents(), leadership, Clock.systemUTC()));
        GroupNode fresh = new GroupNode(new NodeParts(
                settings,
                store,
                new CutLockService(locks, () -> cut.contains(node)),
                reigns,
                URI.create("grpc://127.0.0.1:0"),
                "127.0.0.1",
                tls.apply(name),
                "test"));
        try {
            fresh.start(URI.create("inprocess:" + name), URI.create("http://127.0.0.1:1/" + name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        running.put(node, new Running(fresh, store));
        return fresh;
    }

    /** Cuts a node's way to the lock service, or mends it. */
    void cutLockService(String name, boolean isCut) {
        if (isCut) {
            cut.add(new NodeId(name));
        } else {
            cut.remove(new NodeId(name));
        }
    }

    /** Fills the disk of a node, or makes room on it again. */
    void fillDisk(String name, boolean isFull) {
        if (isFull) {
            full.add(new NodeId(name));
        } else {
            full.remove(new NodeId(name));
        }
    }

    /** Ends a node without a word to anybody. */
    void kill(String name) {
        Running killed = Objects.requireNonNull(running.remove(new NodeId(name)));
        killed.node().crash(() -> {});
        killed.store().close();
    }

    /** Empties the folder of a node that does not run. */
    void wipe(String name) throws IOException {
        FileSystemUtils.deleteRecursively(folder.resolve(name));
    }

    /** Ends a node as an operator does. */
    void stop(String name) {
        Running stopped = Objects.requireNonNull(running.remove(new NodeId(name)));
        stopped.node().close();
        stopped.store().close();
    }

    Running running(String name) {
        return Objects.requireNonNull(running.get(new NodeId(name)));
    }

    /** The name of the node that serves, once there is one. */
    String awaitMaster() {
        return Awaitility.await().atMost(PATIENCE).until(this::master, name -> name != null);
    }

    private @Nullable String master() {
        return running.entrySet().stream()
                .filter(entry -> entry.getValue().node().reigns().present() != null)
                .map(entry -> entry.getKey().value())
                .findFirst()
                .orElse(null);
    }

    void awaitRole(String name, Role role) {
        Awaitility.await()
                .atMost(PATIENCE)
                .failFast(() -> running(name).node().fault() != null)
                .until(() -> running(name).node().status().role() == role);
    }

    String withRole(Role role) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> running.entrySet().stream()
                                .filter(entry -> entry.getValue().node().status().role() == role)
                                .map(entry -> entry.getKey().value())
                                .findFirst()
                                .orElse(null),
                        name -> name != null);
    }

    // --- what the realms hold ----------------------------------------------------------------------------------------

    void createSchema() {
        commit(
                new Instruction.AddTable(
                        ITEM, TableKind.TOP_LEVEL,
                        new Instruction.PrimaryKey(ByteString.of("_id"), TypeCode.INT, false)),
                new Instruction.AddColumn(ITEM, NAME, TypeCode.STRING, false, CollectionType.SINGLE, null, null));
    }

    /** Stores an item through the master. */
    void write(long id) {
        write(id, "item " + id);
    }

    private void write(long id, String name) {
        commit(item(id, name));
    }

    /** Tries once. */
    Transaction.Outcome tryWrite(long id) throws Exception {
        return transact(item(id, "item " + id));
    }

    private static Instruction[] item(long id, String name) {
        return new Instruction[] {
            new Instruction.CreateObject(ITEM, new ObjectKey.Int(id)),
            new Instruction.Update(
                    ITEM,
                    new ObjectKey.Int(id),
                    NAME,
                    List.of(),
                    new Value.Str(ByteString.of(name)),
                    0,
                    false)
        };
    }

    /** Stores an item of many bytes. */
    void writeLarge(long id) {
        write(id, "x".repeat(64 << 10));
    }

    private void commit(Instruction... instructions) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> transact(instructions), Transaction.Outcome.Committed.class::isInstance);
    }

    private Transaction.Outcome transact(Instruction... instructions) throws Exception {
        Realms realms = Objects.requireNonNull(running(awaitMaster()).node().reigns().present()).realms();
        CompletableFuture<Transaction.Outcome> outcome = new CompletableFuture<>();
        realms.transact(
                REALM, new Transaction(List.of(), new Changeset(List.of(), List.of(instructions))), outcome::complete);
        return outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Whether the master has an item. */
    boolean has(long id) throws Exception {
        Realms realms = Objects.requireNonNull(running(awaitMaster()).node().reigns().present()).realms();
        CompletableFuture<Boolean> found = new CompletableFuture<>();
        realms.<@Nullable JsonNode>read(
                REALM,
                reader -> reader.object(ITEM, new ObjectKey.Int(id)),
                object -> found.complete(object != null),
                reason -> found.completeExceptionally(new IllegalStateException(reason)));
        return found.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        List.copyOf(running.keySet()).forEach(name -> kill(name.value()));
        threads.shutdownNow();
        locks.close();
    }
}
