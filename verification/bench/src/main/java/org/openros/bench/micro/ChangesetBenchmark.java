// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.micro;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openros.changeset.ChangesetParser;

/** Parsing and encoding: the counter {@code megabytes} is MB (10<sup>6</sup> bytes) of changeset per second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ChangesetBenchmark {
    /** Objects in the changeset, four instructions each. */
    @Param({"1", "1000"})
    public int objects;

    private byte[] bytes = new byte[0];
    private Changeset changeset = Changeset.EMPTY;

    /** Counts what went through. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Volume {
        /** MB of changeset. */
        public double megabytes;
    }

    /** Makes the changeset. */
    @Setup
    public void makeChangeset() {
        bytes = ChangesetEncoder.encode(SampleChangesets.newObjects(1, objects));
        changeset = ChangesetParser.parse(bytes);
    }

    /** Bytes to instructions. */
    @Benchmark
    public Changeset parse(Volume volume) {
        volume.megabytes += bytes.length / 1e6;
        return ChangesetParser.parse(bytes);
    }

    /** Instructions to bytes. */
    @Benchmark
    public byte[] encode(Volume volume) {
        volume.megabytes += bytes.length / 1e6;
        return ChangesetEncoder.encode(changeset);
    }
}
