// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.openros.bench.client.SyncConnection;
import org.openros.bench.client.SyncSession;

/**
 * Clients upload one-object changesets; latency is from the upload to the DOWNLOAD that acknowledges it.
 *
 * @param realms how many realms
 * @param writers clients of each realm, each on its own socket
 * @param depth uploads of one client that wait for their acknowledgement at the same time; not for the open loop
 * @param payload bytes of text in each object
 * @param rate uploads per second of all clients together; 0 for the closed loop
 */
record UploadWork(int realms, int writers, int depth, int payload, double rate) implements Work {
    @Override
    public Measurement run(Site.Options options) throws LoadFailed, InterruptedException {
        try (Site site = new Site(options)) {
            List<Writer> all = open(site);
            Meter meter = Meter.startingIn(options.warmUpSeconds(), options.seconds());
            start(all, meter);
            List<Measurement.Figure> server = site.observe(meter);
            site.await("an upload was not acknowledged", all.stream().map(Writer::drain).toList());
            site.check();
            return new Measurement.Builder(name())
                    .add("rate", meter.donePerSecond(), "/s")
                    .addLatency("ack", meter.latencies())
                    .addAll(server)
                    .build();
        }
    }

    private String name() {
        String loop = rate > 0 ? "open loop at " + (long) rate + "/s" : "depth " + depth;
        int size = new ObjectChangesets(0, payload).size();
        return "upload: " + realms + " realm(s), " + writers + " writer(s) each, " + loop + ", " + size
                + " B changesets";
    }

    /** The first writer of each realm makes the schema before the others come. */
    private List<Writer> open(Site site) throws LoadFailed, InterruptedException {
        List<Writer> all = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            List<Writer> opened = openOnePerRealm(site, writer);
            if (writer == 0) {
                List<CompletableFuture<Void>> schemas = opened.stream().map(Writer::writeSchema).toList();
                site.await("the schema was not acknowledged", schemas);
            }
            all.addAll(opened);
        }
        return all;
    }

    private List<Writer> openOnePerRealm(Site site, int number) throws LoadFailed, InterruptedException {
        List<Writer> opened = new ArrayList<>();
        List<SyncSession> sessions = new ArrayList<>();
        List<SyncConnection> connections = site.connect(realms);
        for (int realm = 0; realm < realms; realm++) {
            Writer writer = new Writer(site, number, payload);
            sessions.add(writer.open(connections.get(realm), site.partition(realm)));
            opened.add(writer);
        }
        site.awaitReady(sessions);
        return opened;
    }

    private void start(List<Writer> all, Meter meter) {
        for (Writer writer : all) {
            writer.onAcknowledged(began -> {
                long now = System.nanoTime();
                meter.record(began, now);
                if (rate == 0 && !meter.isOver(now)) {
                    writer.write(now);
                }
            });
        }
        if (rate > 0) {
            Pacer.start(all, rate, meter, Writer::write);
        } else {
            all.forEach(writer -> writer.session().connection().run(() -> fill(writer)));
        }
    }

    private void fill(Writer writer) {
        for (int i = 0; i < depth; i++) {
            writer.write(System.nanoTime());
        }
    }
}
