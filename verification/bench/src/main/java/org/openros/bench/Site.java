// SPDX-License-Identifier: Apache-2.0
package org.openros.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openros.bench.client.AnonymousUsers;
import org.openros.bench.client.ServerAddress;
import org.openros.bench.client.SyncConnection;
import org.openros.bench.client.SyncNetwork;
import org.openros.bench.client.SyncSession;

/** The server under load, seen from one work: connects clients, notices failures, observes the process. */
final class Site implements AutoCloseable {
    private static final int SOCKETS_PER_USER = 100;
    private static final int CONNECTING_AT_ONCE = 64;

    private final Options options;
    private final SyncNetwork network;
    private final List<String> tokens = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Optional<ServerProcess> process;
    private final String run = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    private int sockets;

    /**
     * What all works have in common.
     *
     * @param logsIn whether the server wants an access token
     * @param threads event loops of the load generator
     * @param timeoutSeconds for each preparation and for answers after the end of a measurement
     */
    record Options(
            ServerAddress server,
            boolean logsIn,
            int threads,
            double seconds,
            double warmUpSeconds,
            long timeoutSeconds,
            Optional<ServerProcess> process) {
        /** The same for another server, whose process nobody observes. */
        Options at(ServerAddress other) {
            return new Options(other, logsIn, threads, seconds, warmUpSeconds, timeoutSeconds, Optional.empty());
        }
    }

    Site(Options options) {
        this(options, false);
    }

    Site(Options options, boolean delaysSmallSegments) {
        this.options = options;
        this.process = options.process();
        this.network = new SyncNetwork(options.server(), options.threads(), delaysSmallSegments);
    }

    Options options() {
        return options;
    }

    /** The partition of a realm that no other run uses, as a client writes it into BIND. */
    String partition(int realm) {
        return "\"bench-" + run + "-" + realm + "\"";
    }

    /** Connects; users are logged in first. */
    List<SyncConnection> connect(int count) throws LoadFailed, InterruptedException {
        logIn((sockets + count + SOCKETS_PER_USER - 1) / SOCKETS_PER_USER);
        Semaphore connecting = new Semaphore(CONNECTING_AT_ONCE);
        List<CompletableFuture<SyncConnection>> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connecting.acquire();
            String token = options.logsIn() ? tokens.get(sockets++ / SOCKETS_PER_USER) : null;
            CompletableFuture<SyncConnection> connection = network.connect(token);
            opened.add(connection.whenComplete((done, error) -> connecting.release()));
        }
        return await("a connection was not opened", opened);
    }

    private void logIn(int users) throws LoadFailed, InterruptedException {
        if (!options.logsIn() || tokens.size() >= users) {
            return;
        }
        try (AnonymousUsers login = new AnonymousUsers(options.server())) {
            while (tokens.size() < users) {
                tokens.add(login.logIn());
            }
        } catch (IOException e) {
            throw new LoadFailed("a user could not log in", e);
        }
    }

    /** Waits until sessions have downloaded what is there. */
    void awaitReady(List<SyncSession> sessions) throws LoadFailed, InterruptedException {
        await("a session did not get ready", sessions.stream().map(SyncSession::ready).toList());
    }

    <T> List<T> await(String problem, List<CompletableFuture<T>> futures) throws LoadFailed, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(options.timeoutSeconds());
        List<T> results = new ArrayList<>(futures.size());
        for (CompletableFuture<T> future : futures) {
            try {
                results.add(future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
            } catch (ExecutionException e) {
                throw new LoadFailed(problem, e.getCause() == null ? e : e.getCause());
            } catch (TimeoutException e) {
                check();
                throw new LoadFailed(problem + " within " + options.timeoutSeconds() + " s");
            }
        }
        return results;
    }

    /** To be called by sessions, on any thread. */
    void failed(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    void check() throws LoadFailed {
        Throwable cause = failure.get();
        if (cause != null) {
            throw new LoadFailed("a session ended", cause);
        }
    }

    /** Waits for a moment by {@link System#nanoTime}, or until something fails. */
    void awaitTime(long moment) throws LoadFailed, InterruptedException {
        for (long rest = moment - System.nanoTime(); rest > 0; rest = moment - System.nanoTime()) {
            check();
            TimeUnit.NANOSECONDS.sleep(Math.min(rest, 100_000_000));
        }
        check();
    }

    /** Observes the server's process during a meter's window, if it is known. */
    List<Measurement.Figure> observe(Meter meter) throws LoadFailed, InterruptedException {
        awaitTime(meter.from());
        Optional<ServerProcess.Sample> before = sample();
        awaitTime(meter.to());
        Optional<ServerProcess.Sample> after = sample();
        return before.isEmpty() || after.isEmpty() ? List.of() : before.get().until(after.get());
    }

    void resetPeak() {
        process.ifPresent(ServerProcess::resetPeak);
    }

    Optional<ServerProcess.Sample> sample() throws LoadFailed {
        try {
            return process.isEmpty() ? Optional.empty() : Optional.of(process.get().sample());
        } catch (IOException e) {
            throw new LoadFailed("the server's process cannot be observed", e);
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
