// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.nio.file.Path;
import java.util.List;
import org.openros.bench.Row.Goal;

/** The works that are always measured together, with the figures of a reference server and the targets. */
final class Series {
    private static final int PAYLOAD = 40;

    private Series() {}

    /** The series behind the figures in docs/performance.md; takes some minutes. */
    static List<Row> full(Path folder) {
        return List.of(
                Row.of(new DiskWork(folder, 16)),
                // Before the works that let the server's heap grow.
                Row.of(new IdleWork(10_000, 1, 10_000, 15), new Goal("server RSS", "-", "400 MiB")),
                // Before those that leave the storage and the collector much to tidy up.
                Row.of(new FanOutWork(100, 1, PAYLOAD, 100), new Goal("last reader p50", "2.5 ms", "2.5 ms")),
                Row.of(new FanOutWork(1000, 1, PAYLOAD, 5), new Goal("last reader p50", "13 ms", "10 ms")),
                Row.of(new UploadWork(1, 1, 1, PAYLOAD, 0), new Goal("ack p50", "1.5 ms", "1.0 ms")),
                Row.of(
                        new UploadWork(1, 16, 1, PAYLOAD, 0),
                        new Goal("rate", "3,000 /s", "8,000 /s"),
                        new Goal("ratio to " + DiskWork.FDATASYNC, "-", "-"),
                        new Goal("ratio to " + DiskWork.ROCKS, "-", "-"),
                        new Goal("ack p99", "9 ms", "9 ms")),
                Row.of(
                        new UploadWork(100, 1, 1, PAYLOAD, 0),
                        new Goal("rate", "1,000 /s", "20,000 /s"),
                        new Goal("ratio to " + DiskWork.FDATASYNC, "-", "-"),
                        new Goal("ratio to " + DiskWork.ROCKS, "-", "-"),
                        new Goal("ack p99", "120 ms", "15 ms")),
                Row.of(new UploadWork(1000, 1, 1, PAYLOAD, 0), new Goal("rate", "800 /s", "20,000 /s")),
                Row.of(new FanOutWork(100, 1, PAYLOAD, 0), new Goal("deliveries", "26,600 /s", "50,000 /s")),
                Row.of(
                        new FirstDownloadWork(100_000, List.of(1, 10), 5, PAYLOAD),
                        new Goal("1 client p50", "115 ms", "120 ms"),
                        new Goal("10 clients p50", "not measured", "500 ms"),
                        new Goal("10 clients server peak RSS growth", "-", "64 MiB")),
                Row.of(new StockWork(2, PAYLOAD), new Goal("ack p50", "44 ms", "5 ms")));
    }

    /** The same kinds of work in seconds; its figures mean nothing. */
    static List<Row> small(Path folder) {
        return List.of(
                Row.of(new DiskWork(folder, 4)),
                Row.of(new UploadWork(1, 1, 1, PAYLOAD, 0), new Goal("ack p50", "-", "-")),
                Row.of(
                        new UploadWork(4, 2, 2, PAYLOAD, 0),
                        new Goal("rate", "-", "-"),
                        new Goal("ratio to " + DiskWork.FDATASYNC, "-", "-")),
                Row.of(new UploadWork(2, 1, 1, PAYLOAD, 50), new Goal("ack p99", "-", "-")),
                Row.of(new FanOutWork(5, 1, PAYLOAD, 20), new Goal("last reader p50", "-", "-")),
                Row.of(new FanOutWork(5, 2, PAYLOAD, 0), new Goal("deliveries", "-", "-")),
                Row.of(new FirstDownloadWork(1200, List.of(1, 3), 2, PAYLOAD), new Goal("3 clients p50", "-", "-")),
                Row.of(new StockWork(2, PAYLOAD), new Goal("ack p50", "-", "-")),
                Row.of(new IdleWork(30, 3, 5, 0), new Goal("opened", "-", "-")));
    }
}
