// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.changeset.ChangesetParser;
import org.openros.domain.FileIdent;
import org.openros.merge.Integration.NewEntry;
import org.openros.merge.MergeResult.Merged;

/**
 * Merges the changesets of one upload with the entries that each of them has not seen. Consecutive changesets with the
 * same base go together; a later group meets the entries as the earlier ones left them.
 */
final class UploadMerge {
    /**
     * So many instructions are not all in memory at a time, nor all ready for a merge when only few can meet others.
     */
    private static final int LARGE = 4_096;

    private final FileIdent client;
    private final List<UploadedChangeset> changesets;
    private final HistoryAccess history;
    private final long head;
    private final long pairLimit;
    private final long operandLimit;
    private final List<NewEntry> entries = new ArrayList<>();
    private final NavigableMap<Long, Changeset> changedForms = new TreeMap<>();
    private NavigableMap<Long, byte[]> storedForms = new TreeMap<>();
    private long pairSteps;

    UploadMerge(Upload upload, HistoryAccess history, long pairLimit, long operandLimit) {
        this.client = upload.client();
        this.changesets = upload.changesets();
        this.history = history;
        this.head = history.head();
        this.pairLimit = pairLimit;
        this.operandLimit = operandLimit;
    }

    void run() {
        if (!changesets.isEmpty() && changesets.getFirst().base() < head) {
            storedForms = history.reciprocals(client, changesets.getFirst().base());
        }
        int start = 0;
        while (start < changesets.size()) {
            int end = endOfGroup(start);
            mergeGroup(changesets.subList(start, end));
            start = end;
        }
    }

    List<NewEntry> entries() {
        return entries;
    }

    NavigableMap<Long, byte[]> formsAbove(long reciprocalBase) {
        NavigableMap<Long, byte[]> encoded = new TreeMap<>();
        for (Map.Entry<Long, Changeset> form : changedForms.tailMap(reciprocalBase, false).entrySet()) {
            encoded.put(form.getKey(), ChangesetEncoder.encode(form.getValue()));
        }
        return encoded;
    }

    long pairSteps() {
        return pairSteps;
    }

    private int endOfGroup(int start) {
        int end = start + 1;
        while (end < changesets.size() && changesets.get(end).base() == changesets.get(start).base()) {
            end++;
        }
        return end;
    }

    private void mergeGroup(List<UploadedChangeset> group) {
        List<StampedChangeset> incoming = group.stream().map(this::stamp).toList();
        Window window = new Window(group.getFirst().base());
        if (window.isEmpty()) {
            append(group, incoming.stream().map(StampedChangeset::changeset).toList());
            return;
        }
        Transformer transformer =
                new Transformer(incoming, pairLimit - pairSteps, operandLimit, window.footprint(incoming));
        window.visit(entry -> meet(transformer, entry));
        pairSteps += transformer.pairSteps();
        append(group, transformer.incoming().stream().map(Merged::changeset).toList());
    }

    private StampedChangeset stamp(UploadedChangeset uploaded) {
        return new StampedChangeset(
                uploaded.clientVersion(),
                uploaded.originTimestamp(),
                client.value(),
                uploaded.changeset().withOwner(client));
    }

    private void meet(Transformer transformer, MainEntry entry) {
        long version = entry.serverVersion();
        Merged merged = transformer.meet(
                new StampedChangeset(version, entry.originTimestamp(), entry.originForOthers(), currentForm(entry)));
        if (merged.changed()) {
            changedForms.put(version, merged.changeset());
        }
    }

    private Changeset currentForm(MainEntry entry) {
        Changeset changed = changedForms.get(entry.serverVersion());
        if (changed != null) {
            return changed;
        }
        byte[] stored = storedForms.get(entry.serverVersion());
        return ChangesetParser.parseSparingly(stored == null ? entry.changeset() : stored);
    }

    private void append(List<UploadedChangeset> group, List<Changeset> forms) {
        for (int i = 0; i < group.size(); i++) {
            UploadedChangeset uploaded = group.get(i);
            byte[] encoded = ChangesetEncoder.encode(forms.get(i));
            entries.add(new NewEntry(
                    head + entries.size() + 1,
                    uploaded.clientVersion(),
                    uploaded.originTimestamp(),
                    forms.get(i).instructions().size() < LARGE ? forms.get(i) : ChangesetParser.parseSparingly(encoded),
                    encoded));
        }
    }

    /**
     * What a group has not seen. Neither the uploader's own entries nor empty ones belong to it; the main form decides
     * about that.
     */
    private final class Window {
        private final long base;

        Window(long base) {
            this.base = base;
        }

        boolean isEmpty() {
            boolean[] empty = {true};
            walk(entry -> empty[0] = false);
            return empty[0];
        }

        void visit(Consumer<MainEntry> visitor) {
            walk(entry -> {
                visitor.accept(entry);
                return true;
            });
        }

        /** What the entries touch, if that is worth to be known before they are met; else everything. */
        Footprint footprint(List<StampedChangeset> incoming) {
            int size = 0;
            for (StampedChangeset each : incoming) {
                size += each.changeset().instructions().size();
            }
            if (size < LARGE) {
                return Footprint.OF_EVERYTHING;
            }
            Footprint footprint = new Footprint();
            visit(entry -> footprint.add(currentForm(entry)));
            return footprint;
        }

        private void walk(HistorySource.Visitor visitor) {
            if (base < head) {
                history.entries(base, head, entry ->
                        entry.origin() == client.value() || entry.isEmpty() || visitor.visit(entry));
            }
        }
    }
}
