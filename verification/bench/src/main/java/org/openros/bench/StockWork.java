// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openros.bench.client.SyncConnection;

/**
 * One client with the habits of a stock client: Nagle's algorithm is on, and each acknowledgement is followed by an
 * empty UPLOAD that reports progress and gets no answer. Unless the server acknowledges that small segment at once on
 * the level of TCP, the next write waits for it.
 *
 * @param thinkMillis between an acknowledgement and the next write
 * @param payload bytes of text in each object
 */
record StockWork(int thinkMillis, int payload) implements Work {
    @Override
    public Measurement run(Site.Options options) throws LoadFailed, InterruptedException {
        try (Site site = new Site(options, true)) {
            SyncConnection connection = site.connect(1).getFirst();
            Writer writer = new Writer(site, 0, payload);
            site.awaitReady(List.of(writer.open(connection, site.partition(0))));
            site.await("the schema was not acknowledged", List.of(writer.writeSchema()));
            Meter meter = Meter.startingIn(options.warmUpSeconds(), options.seconds());
            writer.onAcknowledged(began -> {
                meter.record(began, System.nanoTime());
                writer.session().reportProgress();
                if (!meter.isOver(System.nanoTime())) {
                    writeLater(connection, writer);
                }
            });
            connection.run(() -> writer.write(System.nanoTime()));
            List<Measurement.Figure> server = site.observe(meter);
            site.await("an upload was not acknowledged", List.of(writer.drain()));
            return new Measurement.Builder("stock: 1 client, Nagle on, empty UPLOAD behind each acknowledgement")
                    .addLatency("ack", meter.latencies())
                    .addAll(server)
                    .build();
        }
    }

    private void writeLater(SyncConnection connection, Writer writer) {
        connection.runAfter(TimeUnit.MILLISECONDS.toNanos(thinkMillis), () -> writer.write(System.nanoTime()));
    }
}
