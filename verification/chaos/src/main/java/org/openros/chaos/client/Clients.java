// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** All clients of a run. They write from the begin to {@link #settle}. */
public final class Clients implements AutoCloseable {
    private final Crowd crowd;
    private final Gateways gateways;
    private final Recorder recorder;
    private final Phase phase = new Phase();
    private final List<RawClient> raw = new ArrayList<>();
    private final List<StockDevice> stock = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * How many clients there are and what they do.
     *
     * @param raw light clients
     * @param stock stock clients
     * @param realms that they share, one after the other
     * @param period mean time between two changes of a client
     * @param seed of what they do
     */
    public record Crowd(int raw, int stock, int realms, Duration period, long seed) {}

    /** Starts nothing yet. */
    public Clients(Crowd crowd, List<String> urls, Recorder recorder, AckListener acks, Path folder) {
        this.crowd = crowd;
        this.recorder = recorder;
        gateways = new Gateways(
                urls,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Gateways.TIMEOUT).build());
        RawClient.Load load = new RawClient.Load(crowd.period().toNanos(), phase);
        for (int i = 0; i < crowd.raw(); i++) {
            raw.add(raw("raw-" + i, i, load, false));
        }
        for (int i = 0; i < crowd.stock(); i++) {
            String name = "stock-" + i;
            stock.add(new StockDevice(name, urls.get(i % urls.size()), realm(i), folder.resolve(name), recorder,
                    acks, load,
                    crowd.seed() * 31 + i));
        }
    }

    private RawClient raw(String name, int number, RawClient.Load load, boolean auditor) {
        Replica replica = new Replica(name, realm(number), recorder, auditor);
        return new RawClient(gateways, number / crowd.realms(), recorder, replica, load, crowd.seed() * 17 + number);
    }

    private String realm(int client) {
        return "chaos-" + client % crowd.realms();
    }

    /** Lets them begin. */
    public void start() {
        raw.forEach(client -> threads.add(Thread.ofVirtual().name(client.name()).start(client)));
        stock.forEach(device -> threads.add(Thread.ofPlatform().daemon().name(device.name()).start(device)));
    }

    /**
     * Ends the writing, waits until everybody has uploaded and then downloaded everything, and records what each one
     * has, and the whole history of each realm.
     *
     * @param patience for uploading, and again for downloading
     * @return what did not happen in time, or failed; empty if all is well
     */
    public List<String> settle(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        phase.stopWriting();
        while (!late().isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        List<String> troubles =
                new ArrayList<>(late().stream().map(name -> name + " did not get its changes acknowledged").toList());
        phase.settle();
        record(System.nanoTime() + patience.toNanos(), troubles);
        return troubles;
    }

    private List<String> late() {
        return Stream.concat(
                        raw.stream().filter(client -> !client.uploaded()).map(RawClient::name),
                        stock.stream().filter(device -> !device.uploaded()).map(StockDevice::name))
                .toList();
    }

    private void record(long deadline, List<String> troubles) throws InterruptedException {
        RawClient.Load reading = new RawClient.Load(0, phase);
        for (int i = 0; i < crowd.realms(); i++) {
            RawClient auditor = raw("auditor-" + i, i, reading, true);
            raw.add(auditor);
            threads.add(Thread.ofVirtual().name(auditor.name()).start(auditor));
        }
        Map<String, CompletableFuture<Runnable>> results = new LinkedHashMap<>();
        raw.forEach(client -> results.put(client.name(), client.settled()
                .thenApply(content -> () -> recorder.finalContent(client.name(), client.realm(), content))));
        stock.forEach(device -> results.put(device.name(), device.settled()
                .thenApply(content -> () -> recorder.finalContent(device.name(), device.realm(), content))));
        for (var result : results.entrySet()) {
            try {
                result.getValue().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS).run();
            } catch (ExecutionException | TimeoutException e) {
                troubles.add(result.getKey() + " did not download everything: " + e);
            }
        }
    }

    /** Ends all clients. */
    @Override
    public void close() {
        raw.forEach(RawClient::stop);
        stock.forEach(StockDevice::stop);
        try {
            for (Thread thread : threads) {
                thread.interrupt();
                thread.join(Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gateways.http().shutdownNow();
    }
}
