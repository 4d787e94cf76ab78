// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.openros.bench.client.SyncConnection;
import org.openros.bench.client.SyncSession;
import org.openros.protocol.DownloadEntry;

/**
 * Fresh clients download a realm with a long history; time is from BIND to the reply to MARK, with everything received,
 * decompressed and checked in between.
 *
 * @param changesets length of the history, of one object each
 * @param clients how many download at once
 * @param rounds how often; each with new clients
 * @param payload bytes of text in each object
 */
record FirstDownloadWork(int changesets, List<Integer> clients, int rounds, int payload) implements Work {
    private static final int BATCH = 500;
    private static final int UNDER_WAY = 4;

    @Override
    public Measurement run(Site.Options options) throws LoadFailed, InterruptedException {
        try (Site site = new Site(options)) {
            long began = System.nanoTime();
            prepare(site);
            Measurement.Builder result = new Measurement.Builder("first download: " + changesets + " changesets")
                    .add("preparation", (System.nanoTime() - began) / 1e9, "s");
            for (int count : clients) {
                result.addAll(measure(site, count));
            }
            return result.build();
        }
    }

    private void prepare(Site site) throws LoadFailed, InterruptedException {
        Writer writer = new Writer(site, 0, payload);
        SyncConnection connection = site.connect(1).getFirst();
        site.awaitReady(List.of(writer.open(connection, site.partition(0))));
        site.await("the schema was not acknowledged", List.of(writer.writeSchema()));
        AtomicLong left = new AtomicLong(changesets);
        CompletableFuture<Void> uploaded = new CompletableFuture<>();
        Runnable next = () -> {
            int count = (int) Math.min(BATCH, left.get());
            if (count > 0) {
                left.addAndGet(-count);
                writer.writeBatch(System.nanoTime(), count);
            } else {
                writer.drain().whenComplete((done, error) -> uploaded.complete(null));
            }
        };
        writer.onAcknowledged(began -> next.run());
        connection.run(() -> Collections.nCopies(UNDER_WAY, next).forEach(Runnable::run));
        site.await("the history was not acknowledged", List.of(uploaded));
        site.check();
        connection.close();
    }

    private List<Measurement.Figure> measure(Site site, int count) throws LoadFailed, InterruptedException {
        Histogram times = new Histogram(3);
        site.resetPeak();
        var before = site.sample();
        for (int round = 0; round < rounds; round++) {
            for (Client client : download(site, count)) {
                times.recordValue(client.time());
            }
        }
        var after = site.sample();
        String label = count + (count == 1 ? " client" : " clients");
        Measurement.Builder figures = new Measurement.Builder("")
                .add(label + " p50", times.getValueAtPercentile(50) / 1e6, "ms")
                .add(label + " max", times.getMaxValue() / 1e6, "ms");
        if (before.isPresent() && after.isPresent()) {
            double growth = after.get().peakMiB() - before.get().residentMiB();
            figures.add(label + " server peak RSS growth", growth, "MiB");
        }
        return figures.build().figures();
    }

    private List<Client> download(Site site, int count) throws LoadFailed, InterruptedException {
        List<Client> all = new ArrayList<>();
        List<SyncConnection> connections = site.connect(count);
        for (SyncConnection connection : connections) {
            Client client = new Client(site, connection, site.partition(0));
            all.add(client);
        }
        site.await("a first download did not end", all.stream().map(Client::finished).toList());
        connections.forEach(SyncConnection::close);
        for (Client client : all) {
            // One more than the objects: the schema.
            if (client.received != changesets + 1) {
                throw new LoadFailed("a client received " + client.received + " changesets of " + (changesets + 1));
            }
        }
        return all;
    }

    private static final class Client implements SyncSession.Listener {
        private final Site site;
        private final SyncSession session;
        private final CompletableFuture<Long> finished;
        private volatile int received;

        @SuppressWarnings("this-escape")
        Client(Site site, SyncConnection connection, String partition) {
            this.site = site;
            this.session = connection.open(partition, this);
            this.finished = session.ready().thenApply(done -> System.nanoTime());
        }

        CompletableFuture<Long> finished() {
            return finished;
        }

        long time() {
            return finished.join() - session.boundAt();
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // only the event loop writes
        public void received(List<DownloadEntry> entries) {
            received += entries.size();
        }

        @Override
        public void failed(Throwable cause) {
            site.failed(cause);
        }
    }
}
