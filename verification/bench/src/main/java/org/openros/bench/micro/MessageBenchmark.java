// SPDX-License-Identifier: Apache-2.0
package org.openros.bench.micro;

import java.util.Collections;
import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;
import org.openros.changeset.ChangesetEncoder;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.ClientMessageDecoder;
import org.openros.protocol.DownloadEntry;
import org.openros.protocol.DownloadProgress;
import org.openros.protocol.MessageRoute;
import org.openros.protocol.ServerMessage;
import org.openros.protocol.UploadEntry;
import org.openros.protocol.UploadProgress;

/** The messages that a server handles most, per message: routing and reading an UPLOAD, writing a DOWNLOAD. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MessageBenchmark {
    private static final int LIMIT = 1 << 26;
    private static final DownloadProgress PROGRESS = new DownloadProgress(12345, 678, 12345, 1L << 60, 678, 12000);

    /** Changesets of one object in a message; 100 of them are compressed. */
    @Param({"0", "1", "100"})
    public int entries;

    private byte[] upload = new byte[0];
    private List<DownloadEntry> downloads = List.of();

    /** Makes the messages. */
    @Setup
    public void makeMessages() {
        byte[] changeset = ChangesetEncoder.encode(SampleChangesets.newObjects(1, 1));
        var uploaded = new UploadEntry(678, 12000, 350_000_000_000L, 0, changeset);
        var downloaded = new DownloadEntry(12345, 678, 350_000_000_000L, 3, changeset.length, changeset);
        downloads = Collections.nCopies(entries, downloaded);
        upload = new ClientMessage.Upload(
                        1,
                        new UploadProgress(678, 12000, 12000),
                        UploadEntry.encode(Collections.nCopies(entries, uploaded)))
                .encode();
    }

    /** What a gateway does with an UPLOAD. */
    @Benchmark
    public MessageRoute routeUpload() {
        return ClientMessageDecoder.route(upload);
    }

    /** What a worker does with an UPLOAD before it parses the changesets. */
    @Benchmark
    public void decodeUpload(Blackhole blackhole) {
        var message = (ClientMessage.Upload) ClientMessageDecoder.decode(upload);
        message.entries(LIMIT).forEachRemaining(blackhole::consume);
    }

    /** What a worker does for a DOWNLOAD, unless sessions can share its body. */
    @Benchmark
    public byte[] encodeDownload() {
        return ServerMessage.Download.of(1, PROGRESS, 0, downloads).encode();
    }
}
