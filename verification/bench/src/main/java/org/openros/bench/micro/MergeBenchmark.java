// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.micro;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openros.changeset.Changeset;
import org.openros.changeset.ChangesetEncoder;
import org.openros.domain.FileIdent;
import org.openros.merge.ClientProgress;
import org.openros.merge.HistoryAccess;
import org.openros.merge.HistoryIntegrator;
import org.openros.merge.Integration;
import org.openros.merge.MainEntry;
import org.openros.merge.MergeResult;
import org.openros.merge.StampedChangeset;
import org.openros.merge.Transformer;
import org.openros.merge.Upload;
import org.openros.merge.UploadedChangeset;

/** Merging an upload with what its client has not seen. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MergeBenchmark {
    private static final FileIdent UPLOADER = new FileIdent(2);
    private static final int UPLOADED = 1_000;

    /** A window of one-object changesets and an upload of 1,000 instructions on distinct objects. */
    @State(Scope.Benchmark)
    public static class Window {
        /** Unseen history entries. */
        @Param({"100", "1000", "10000"})
        public int window;

        /** Percentage of the uploaded instructions that change an object that the window changes too. */
        @Param({"0", "10"})
        public int overlap;

        private Entries history = new Entries(List.of());
        private Upload upload = new Upload(UPLOADER, List.of(), 0, 0, 0);

        /** Makes both sides. */
        @Setup
        public void makeSides() {
            List<MainEntry> entries = new ArrayList<>();
            for (int i = 0; i < window; i++) {
                byte[] changeset = ChangesetEncoder.encode(SampleChangesets.newObjects(i, 1));
                entries.add(new MainEntry(i + 1, 3, i + 1, 1_000 + i, changeset));
            }
            history = new Entries(entries);
            int firstKey = window - Math.min(window, UPLOADED * overlap / 100);
            Changeset changeset = SampleChangesets.updates(firstKey, UPLOADED);
            upload = new Upload(UPLOADER, List.of(new UploadedChangeset(1, 0, 5_000, changeset)), 1, 0, 0);
        }
    }

    /** Everything from the stored bytes of the window to the bytes to store. */
    @Benchmark
    public Integration integrate(Window window) {
        return new HistoryIntegrator().integrate(ClientProgress.NONE, window.upload, window.history);
    }

    /** Both sides insert into one list, the worst case: every pair meets. */
    @State(Scope.Benchmark)
    public static class OneList {
        /** Inserts on each side. */
        @Param({"100", "300", "1000", "3000"})
        public int inserts;

        private List<StampedChangeset> local = List.of();
        private List<StampedChangeset> incoming = List.of();

        /** Makes both sides. */
        @Setup
        public void makeSides() {
            local = List.of(new StampedChangeset(1, 1_000, 2, SampleChangesets.inserts(inserts)));
            incoming = List.of(new StampedChangeset(1, 2_000, 3, SampleChangesets.inserts(inserts)));
        }
    }

    /** The double loop alone. */
    @Benchmark
    public MergeResult oneList(OneList list) {
        return Transformer.transform(list.local, list.incoming);
    }

    /** A history that does not change. */
    private record Entries(List<MainEntry> entries) implements HistoryAccess {
        @Override
        public long head() {
            return entries.size();
        }

        @Override
        public void entries(long after, long through, Visitor visitor) {
            for (MainEntry entry : entries.subList((int) after, (int) through)) {
                if (!visitor.visit(entry)) {
                    return;
                }
            }
        }

        @Override
        public NavigableMap<Long, byte[]> reciprocals(FileIdent client, long after) {
            return Collections.emptyNavigableMap();
        }
    }
}
