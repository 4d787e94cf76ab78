// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openros.history.Entry;
import org.openros.history.Operation;
import org.openros.stock.AppFailure;
import org.openros.stock.ClientApp;
import org.openros.stock.RealmObject;
import org.openros.stock.RealmView;
import org.openros.stock.SyncedRealm;
import org.openros.stock.User;

/**
 * A stock client with one realm, on a thread of its own: it writes, waits for the acknowledgement, and writes again.
 */
final class StockDevice implements Runnable {
    private final String name;
    private final String url;
    private final String realm;
    private final Path folder;
    private final Recorder recorder;
    private final AckListener acks;
    private final RawClient.Load load;
    private final SplittableRandom random;
    private final CompletableFuture<Content> settled = new CompletableFuture<>();
    private long change;
    private int told;
    private volatile boolean uploaded;
    private volatile boolean stopped;

    StockDevice(String name, String url, String realm, Path folder, Recorder recorder, AckListener acks,
            RawClient.Load load, long seed) {
        this.name = name;
        this.url = url;
        this.realm = realm;
        this.folder = folder;
        this.recorder = recorder;
        this.acks = acks;
        this.load = load;
        this.random = new SplittableRandom(seed);
    }

    /** The content, once the writing is over, everything is acknowledged, and what all others wrote was downloaded. */
    CompletableFuture<Content> settled() {
        return settled;
    }

    boolean uploaded() {
        return uploaded;
    }

    String name() {
        return name;
    }

    String realm() {
        return realm;
    }

    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try (ClientApp app = new ClientApp(url, Gateways.APP, folder)) {
            SyncedRealm synced = logIn(app).open(realm);
            writeAndWait(synced);
            synced.goOffline(); // ends delays of the past, as an app does that hears of the network's return
            synced.goOnline();
            upload(synced);
            uploaded = true;
            while (!stopped && !load.writing().settling()) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
            tryUntilStopped(synced::download);
            report(synced);
            settled.complete(synced.read(StockDevice::content));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | AssertionError e) {
            settled.completeExceptionally(e);
        }
        settled.completeExceptionally(new IllegalStateException(name + " was stopped before it had everything"));
    }

    /** Tries again, as users do. */
    private User logIn(ClientApp app) throws InterruptedException {
        while (true) {
            try {
                return app.logInAnonymously();
            } catch (AppFailure e) {
                recorder.record(at -> new Entry.Closed(at, name, realm, String.valueOf(e.getMessage())));
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    private void writeAndWait(SyncedRealm synced) throws InterruptedException {
        while (!stopped && load.writing().writing()) {
            long began = System.nanoTime();
            write(synced);
            upload(synced);
            recorder.acked(1);
            acks.acknowledged(name, began, System.nanoTime());
            report(synced);
            TimeUnit.NANOSECONDS.sleep(load.periodNanos() / 2 + random.nextLong(load.periodNanos()));
        }
    }

    private void write(SyncedRealm synced) {
        long number = ++change;
        if (random.nextInt(3) == 0) {
            int counter = 1 + random.nextInt(Changes.COUNTERS);
            int by = 1 + random.nextInt(9);
            sent(number, new Operation.Increment(Integer.toString(counter), by));
            synced.write(view -> view.findOrCreate("Counter", (long) counter).add("count", by));
        } else {
            String key = name + "-" + number;
            sent(number, new Operation.Insert(key));
            synced.write(view -> view.findOrCreate("Item", key).set("text", "text of " + key));
        }
    }

    private void sent(long number, Operation operation) {
        recorder.record(at -> new Entry.Sent(at, name, realm, number, operation));
        recorder.sent(1);
    }

    private void upload(SyncedRealm synced) {
        if (tryUntilStopped(synced::upload) && change > 0 && !uploaded) {
            long number = change;
            recorder.record(at -> new Entry.Acked(at, name, realm, number, null, null, null));
        }
    }

    /** Returns false if the client was stopped before it succeeded. */
    private boolean tryUntilStopped(Runnable transfer) {
        while (!stopped) {
            try {
                transfer.run();
                return true;
            } catch (AssertionError e) { // it did not come in time, or the session was suspended
                recorder.record(at -> new Entry.Closed(at, name, realm, String.valueOf(e.getMessage())));
            }
        }
        return false;
    }

    /** Whatever the app is told, a failover should have kept from it. */
    private void report(SyncedRealm synced) {
        for (String event : synced.events().subList(told, synced.events().size())) {
            recorder.record(at -> new Entry.Reset(at, name, realm, event));
            told++;
        }
    }

    private static Content content(RealmView view) {
        Content content = new Content();
        view.all("Item").forEach(item -> content.insert((String) item.primaryKey()));
        for (RealmObject counter : view.all("Counter")) {
            if (counter.get("count") instanceof Long value && value != 0) {
                content.increment(String.valueOf(counter.primaryKey()), value);
            }
        }
        return content;
    }
}
