// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.ArrayList;
import java.util.List;
import org.openros.bench.client.SyncConnection;
import org.openros.bench.client.SyncSession;

/**
 * One client of a realm uploads, all others receive; latency is from the upload to the last of them.
 *
 * @param readers clients that receive, each on its own socket
 * @param depth writes on their way at the same time; not for the open loop
 * @param payload bytes of text in each object
 * @param rate writes per second; 0 for the closed loop, where a write follows when the last reader has one
 */
record FanOutWork(int readers, int depth, int payload, double rate) implements Work {
    @Override
    public Measurement run(Site.Options options) throws LoadFailed, InterruptedException {
        try (Site site = new Site(options)) {
            Writer writer = openWriter(site);
            Deliveries deliveries = new Deliveries(readers, SyncSession.now());
            openReaders(site, deliveries);
            Meter meter = Meter.startingIn(options.warmUpSeconds(), options.seconds());
            start(writer, deliveries, meter);
            List<Measurement.Figure> server = site.observe(meter);
            site.await("a write did not reach all readers", List.of(deliveries.drain()));
            site.check();
            return new Measurement.Builder(name())
                    .add("writes", meter.donePerSecond(), "/s")
                    .add("deliveries", meter.donePerSecond() * readers, "/s")
                    .addLatency("last reader", meter.latencies())
                    .addAll(server)
                    .build();
        }
    }

    private String name() {
        String loop = rate > 0 ? "open loop at " + (long) rate + " writes/s" : "closed loop, depth " + depth;
        return "fan-out: 1 writer, " + readers + " readers, " + loop;
    }

    private Writer openWriter(Site site) throws LoadFailed, InterruptedException {
        Writer writer = new Writer(site, 0, payload);
        SyncSession session = writer.open(site.connect(1).getFirst(), site.partition(0));
        site.awaitReady(List.of(session));
        site.await("the schema was not acknowledged", List.of(writer.writeSchema()));
        return writer;
    }

    private void openReaders(Site site, Deliveries deliveries) throws LoadFailed, InterruptedException {
        List<SyncSession> sessions = new ArrayList<>();
        for (SyncConnection connection : site.connect(readers)) {
            sessions.add(connection.open(site.partition(0), new Reader(site, deliveries)));
        }
        site.awaitReady(sessions);
    }

    private void start(Writer writer, Deliveries deliveries, Meter meter) {
        deliveries.onComplete(began -> {
            long now = System.nanoTime();
            meter.record(began, now);
            if (rate == 0 && !meter.isOver(now)) {
                writer.session().connection().run(() -> write(writer, deliveries, System.nanoTime()));
            }
        });
        if (rate > 0) {
            Pacer.start(List.of(writer), rate, meter, (one, due) -> write(one, deliveries, due));
            return;
        }
        writer.session().connection().run(() -> {
            for (int i = 0; i < depth; i++) {
                write(writer, deliveries, System.nanoTime());
            }
        });
    }

    private static void write(Writer writer, Deliveries deliveries, long began) {
        writer.write(began, deliveries.begin(began));
    }
}
