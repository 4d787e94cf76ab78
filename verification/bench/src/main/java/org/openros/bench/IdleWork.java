// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openros.bench.client.SyncConnection;
import org.openros.bench.client.SyncSession;

/**
 * Clients connect, bind, and do nothing; what counts is the memory that the server needs for them.
 *
 * @param sessions how many in all
 * @param sessionsPerSocket how many share a WebSocket
 * @param realms over how many realms they are spread
 * @param settle seconds that the last session has been there before the warm-up begins: what it took to connect is no
 *     matter of idle clients
 */
record IdleWork(int sessions, int sessionsPerSocket, int realms, double settle) implements Work {
    private static final int SOCKETS_AT_ONCE = 250;

    @Override
    public Measurement run(Site.Options options) throws LoadFailed, InterruptedException {
        try (Site site = new Site(options)) {
            Optional<ServerProcess.Sample> before = site.sample();
            long began = System.nanoTime();
            int sockets = (sessions + sessionsPerSocket - 1) / sessionsPerSocket;
            for (int opened = 0; opened < sockets; opened += SOCKETS_AT_ONCE) {
                open(site, opened, Math.min(SOCKETS_AT_ONCE, sockets - opened));
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            Measurement.Builder result = new Measurement.Builder(name(sockets))
                    .add("opened", sessions / seconds, "/s");
            Meter meter = Meter.startingIn(settle + options.warmUpSeconds(), options.seconds());
            result.addAll(site.observe(meter));
            Optional<ServerProcess.Sample> after = site.sample();
            if (before.isPresent() && after.isPresent()) {
                double growth = after.get().residentMiB() - before.get().residentMiB();
                result.add("server RSS for the sessions", growth, "MiB");
            }
            return result.build();
        }
    }

    private String name(int sockets) {
        return "idle: " + sessions + " sessions on " + sockets + " sockets, " + realms + " realms";
    }

    private void open(Site site, int firstSocket, int count) throws LoadFailed, InterruptedException {
        List<SyncSession> opened = new ArrayList<>();
        int session = firstSocket * sessionsPerSocket;
        for (SyncConnection connection : site.connect(count)) {
            for (int i = 0; i < sessionsPerSocket && session < sessions; i++) {
                opened.add(connection.open(site.partition(session++ % realms), site::failed));
            }
        }
        site.awaitReady(opened);
    }
}
