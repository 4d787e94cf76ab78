// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetParser;
import org.openros.domain.FileIdent;
import org.openros.merge.Integration.NewEntry;

/** A realm's history in memory: what the integrator reads, and what becomes of its results. */
final class MemoryHistory implements HistoryAccess {
    private final HistoryIntegrator integrator = new HistoryIntegrator();
    private final List<MainEntry> entries = new ArrayList<>();
    private final Map<FileIdent, ClientProgress> progress = new HashMap<>();
    private final Map<FileIdent, NavigableMap<Long, byte[]>> forms = new HashMap<>();
    private final boolean trims;

    /** A history that trims reciprocal forms as the rules allow. */
    MemoryHistory() {
        this(true);
    }

    MemoryHistory(boolean trims) {
        this.trims = trims;
    }

    @Override
    public long head() {
        return entries.size();
    }

    @Override
    public void entries(long after, long through, Visitor visitor) {
        for (long version = after + 1; version <= through; version++) {
            if (!visitor.visit(entry(version))) {
                return;
            }
        }
    }

    @Override
    public NavigableMap<Long, byte[]> reciprocals(FileIdent client, long after) {
        return formsOf(client).tailMap(after, false);
    }

    MainEntry entry(long version) {
        return entries.get((int) version - 1);
    }

    List<MainEntry> entriesAbove(long version) {
        return entries.subList((int) version, entries.size());
    }

    ClientProgress progress(FileIdent client) {
        return progress.getOrDefault(client, ClientProgress.NONE);
    }

    /** Clients that have uploaded. */
    Iterable<FileIdent> clients() {
        return progress.keySet();
    }

    NavigableMap<Long, byte[]> formsOf(FileIdent client) {
        return forms.computeIfAbsent(client, ident -> new TreeMap<>());
    }

    /** What an upload would do; nothing changes. */
    Integration plan(Upload upload) {
        return integrator.integrate(progress(upload.client()), upload, this);
    }

    void commit(FileIdent client, Integration integration) {
        for (NewEntry entry : integration.entries()) {
            add(client.value(), entry.clientVersion(), entry.originTimestamp(), entry.encoded());
        }
        NavigableMap<Long, byte[]> own = formsOf(client);
        own.putAll(integration.reciprocals());
        if (trims) {
            own.headMap(integration.trimThrough(), true).clear();
        }
        progress.put(client, integration.progress());
    }

    /** Appends a change of the server's own. */
    void write(long originTimestamp, byte[] changeset) {
        add(0, 0, originTimestamp, changeset);
    }

    private void add(long origin, long clientVersion, long originTimestamp, byte[] changeset) {
        entries.add(new MainEntry(head() + 1, origin, clientVersion, originTimestamp, changeset));
    }

    /** The stored form of an entry for a client if it differs from the main form. */
    boolean differs(long version, byte[] form) {
        Changeset main = ChangesetParser.parse(entry(version).changeset());
        Changeset reciprocal = ChangesetParser.parse(form);
        return !MergeVectors.comparable(main).equals(MergeVectors.comparable(reciprocal));
    }

}
