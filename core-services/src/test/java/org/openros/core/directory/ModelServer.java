// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.openros.core.directory.DirectoryProperties.Group;
import org.openros.core.metadata.InMemoryMetadataStore;
import org.openros.core.permission.AccessList;
import org.openros.domain.AppId;
import org.openros.domain.GroupId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;

/** A directory and model groups {@code default} and {@code two}, whose realms are lists of words. */
public final class ModelServer {
    public static final GroupId TWO = new GroupId("two");

    private final InMemoryMetadataStore store = new InMemoryMetadataStore();
    private final ModelHosts hosts = new ModelHosts();
    private final DirectoryProperties groups =
            new DirectoryProperties(List.of(new Group(GroupId.DEFAULT, 1), new Group(TWO, 0)), List.of());
    private final Directory directory;

    /** An empty one. */
    public ModelServer() {
        AccessList access = AccessList.of(store);
        directory = new Directory(
                store, access.feed(), access.changes(), new GroupChoice(groups, group -> true, new Random(1)),
                Clock.systemUTC(), Ticker.systemTicker());
    }

    public static RealmPath path(String name) {
        return RealmPath.of(new AppId("shop"), new Partition.Text(name));
    }

    public InMemoryMetadataStore store() {
        return store;
    }

    public Directory directory() {
        return directory;
    }

    public DirectoryProperties groups() {
        return groups;
    }

    public RealmContents contents() {
        return new RealmContents(hosts);
    }

    /** Makes a realm if it is not there, and writes words to it. */
    public void write(String name, String... words) {
        RealmRow row = directory.create(path(name), RealmType.FULL, "ann");
        for (String word : words) {
            if (!hosts.write(row.group(), row.store(), word)) {
                throw new AssertionError(name + " does not take " + word);
            }
        }
    }

    /** What clients see in a realm now. */
    public List<String> words(String name) {
        RealmRow row = directory.find(path(name));
        return row == null || row.isDeleted() ? List.of() : hosts.words(row.group(), row.store());
    }

    /** What runs before and after each call of a worker, and may throw. */
    public void meanwhile(Runnable meanwhile) {
        hosts.meanwhile = meanwhile;
    }

    /** Begins or ends what keeps a realm from being served. */
    public void close(String name, boolean closed) {
        RealmHosts.Order order = RealmHosts.Order.of(closed ? "close" : "reopen", "m");
        hosts.change(GroupId.DEFAULT, path(name), order);
    }
}
