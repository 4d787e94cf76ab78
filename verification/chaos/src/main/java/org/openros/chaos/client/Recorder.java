// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import org.openros.history.Entry;
import org.openros.history.HistoryWriter;
import org.openros.history.Holder;

/** Writes the history, with times of one clock that begins with this object. Thread-safe. */
public final class Recorder implements AutoCloseable {
    private final long origin = System.nanoTime();
    private final HistoryWriter writer;
    private final LongAdder sent = new LongAdder();
    private final LongAdder acked = new LongAdder();

    /**
     * Begins a history, in place of one that is there.
     *
     * @throws IOException if the file cannot be written
     */
    public Recorder(Path file) throws IOException {
        writer = HistoryWriter.to(file);
    }

    /** Nanoseconds since the begin. */
    public long now() {
        return System.nanoTime() - origin;
    }

    /** Writes the entry made for this moment, which is after all moments written before. */
    public synchronized void record(LongFunction<Entry> entry) {
        try {
            writer.write(entry.apply(now()));
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written", e);
        }
    }

    /** Counts changes that were sent. */
    void sent(int changes) {
        sent.add(changes);
    }

    /** Counts changes that were acknowledged. */
    void acked(int changes) {
        acked.add(changes);
    }

    /** Changes sent so far. */
    public long sent() {
        return sent.sum();
    }

    /** Changes acknowledged so far. */
    public long acked() {
        return acked.sum();
    }

    /** Records what a client holds at the end. */
    void finalContent(String client, String realm, Content content) {
        Holder holder = Holder.client(client);
        List<String> keys = new ArrayList<>(content.keys());
        Map<String, Long> counters = new TreeMap<>(content.counters());
        record(at -> new Entry.FinalContent(at, holder, realm, List.of(), counters));
        for (int from = 0; from < keys.size(); from += Entry.FinalContent.MOST) {
            List<String> part = keys.subList(from, Math.min(keys.size(), from + Entry.FinalContent.MOST));
            record(at -> new Entry.FinalContent(at, holder, realm, part, Map.of()));
        }
        String hash = content.hash();
        record(at -> new Entry.FinalState(at, holder, realm, hash));
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
