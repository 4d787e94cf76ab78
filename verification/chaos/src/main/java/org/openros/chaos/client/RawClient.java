// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

import java.io.IOException;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openros.history.Entry;
import org.openros.history.Operation;
import org.openros.protocol.ClientMessage;
import org.openros.protocol.DownloadChecker;
import org.openros.protocol.ProtocolViolation;
import org.openros.protocol.ServerMessage;

/**
 * A client with one file, on a thread of its own. It comes back as stock clients do: a session that is told to try
 * again is bound again on the same connection after the delay it was told, a lost connection is opened again after 1 s,
 * 2 s, ..., and uploads wait until everything that is there was downloaded. In one thing it does better: once it was
 * connected, the delays begin at 1 s again, as they do in apps that hear of the network's return.
 */
final class RawClient implements Runnable {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_DELAY = 8 * SECOND;
    private static final long SILENCE = 130 * SECOND;
    private static final long PING_PERIOD = 55 * SECOND;

    private final Gateways gateways;
    private final Recorder recorder;
    private final Replica replica;
    private final Load load;
    private final SplittableRandom random;
    private final CompletableFuture<Content> settled = new CompletableFuture<>();
    private int gateway;
    private @Nullable String token;
    private long delay = SECOND;
    private long sessions;
    private long marks;
    private long written;
    private volatile boolean stopped;
    private volatile boolean uploaded;

    /**
     * What a client does.
     *
     * @param periodNanos mean time between two changes; 0 for a client that only reads
     * @param writing whether changes are still to be made
     */
    record Load(long periodNanos, Phase writing) {}

    RawClient(Gateways gateways, int gateway, Recorder recorder, Replica replica, Load load, long seed) {
        this.gateways = gateways;
        this.gateway = gateway;
        this.recorder = recorder;
        this.replica = replica;
        this.load = load;
        this.random = new SplittableRandom(seed);
        if (load.periodNanos() > 0) {
            replica.writeSchema();
        }
    }

    /** The content, once the writing is over, everything is acknowledged, and what all others wrote was downloaded. */
    CompletableFuture<Content> settled() {
        return settled;
    }

    /** Whether the writing is over and everything is acknowledged. */
    boolean uploaded() {
        return uploaded;
    }

    String name() {
        return replica.client();
    }

    String realm() {
        return replica.realm();
    }

    /** Ends the client soon. */
    void stop() {
        stopped = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                live();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        settled.completeExceptionally(new IllegalStateException(name() + " was stopped before it had everything"));
    }

    private void live() throws InterruptedException {
        try (Wire wire = connect()) {
            delay = SECOND;
            while (!stopped) {
                TimeUnit.NANOSECONDS.sleep(new Session(wire).run());
            }
        } catch (WebSocketHandshakeException e) {
            token = e.getResponse().statusCode() == 401 ? null : token;
            comeBackLater("status " + e.getResponse().statusCode());
        } catch (IOException e) {
            comeBackLater(String.valueOf(e.getMessage()));
        } catch (ProtocolViolation | DownloadChecker.BrokenRule e) {
            reset("a stock client would not take it: " + e);
            comeBackLater("broken rule");
        }
    }

    private Wire connect() throws IOException, InterruptedException {
        String present = token;
        if (present == null) {
            present = gateways.logIn(gateway);
            token = present;
        }
        return new Wire(gateways.http(), gateways.webSocket(gateway, present));
    }

    private void comeBackLater(String reason) throws InterruptedException {
        closed(reason);
        gateway++;
        TimeUnit.NANOSECONDS.sleep(delay - random.nextLong(delay / 4));
        delay = Math.min(LONGEST_DELAY, delay * 2);
    }

    private void closed(String reason) {
        recorder.record(at -> new Entry.Closed(at, name(), realm(), reason));
    }

    private void reset(String reason) {
        recorder.record(at -> new Entry.Reset(at, name(), realm(), reason));
    }

    private Operation operation() {
        return random.nextInt(3) == 0
                ? new Operation.Increment(Integer.toString(1 + random.nextInt(Changes.COUNTERS)), 1 + random.nextInt(9))
                : new Operation.Insert(name() + "-" + ++written);
    }

    /** One session, from BIND to its end. */
    private final class Session {
        /** No delay: the session has not ended. */
        private static final long GOES_ON = -1;

        private final Wire wire;
        private final long ident = ++sessions;
        private boolean downloaded;
        private long lastMark;
        private boolean lastMarkAnswered;
        private long nextWrite = System.nanoTime() + load.periodNanos();
        private long nextPing = System.nanoTime() + random.nextLong(PING_PERIOD);
        private long heard = System.nanoTime();

        Session(Wire wire) {
            this.wire = wire;
        }

        /** Returns the time in nanoseconds after which it is to be bound again. */
        long run() throws IOException, InterruptedException {
            wire.send(new ClientMessage.Bind(ident, '"' + realm() + '"', "", !replica.named(), false));
            if (replica.named()) {
                identify();
            }
            while (!stopped) {
                ServerMessage message = wire.receive(Math.min(nextWrite, nextPing) - System.nanoTime());
                if (message != null) {
                    heard = System.nanoTime();
                    long later = take(message);
                    if (later != GOES_ON) {
                        return later;
                    }
                }
                act();
            }
            return 0;
        }

        private void identify() throws IOException, InterruptedException {
            wire.send(replica.ident(ident));
            wire.send(new ClientMessage.Mark(ident, ++marks));
        }

        private long take(ServerMessage message) throws IOException, InterruptedException {
            if (message instanceof ServerMessage.OfSession of && of.session() != ident && of.session() != 0) {
                return GOES_ON; // the message is of one that has ended
            }
            switch (message) {
                case ServerMessage.Ident given -> {
                    replica.name(given);
                    identify();
                }
                case ServerMessage.Download download -> replica.download(download);
                case ServerMessage.Mark mark -> marked(mark);
                case ServerMessage.JsonError error -> {
                    return failed(error);
                }
                case ServerMessage.Pong pong -> {}
                case ServerMessage.LogMessage log -> {}
                case ServerMessage.Unbound unbound -> {}
                case ServerMessage.PlainError error -> throw new IOException("unexpected " + error);
                case ServerMessage.ClientVersion version -> throw new IOException("unexpected " + version);
                case ServerMessage.EmptyState state -> throw new IOException("unexpected " + state);
                case ServerMessage.TestCommandReply reply -> throw new IOException("unexpected " + reply);
            }
            return GOES_ON;
        }

        private void marked(ServerMessage.Mark mark) throws IOException, InterruptedException {
            if (!downloaded) {
                downloaded = true;
                if (!replica.unacknowledged().isEmpty()) {
                    wire.send(replica.upload(ident, replica.unacknowledged()));
                }
            }
            lastMarkAnswered |= mark.requestIdent() == lastMark;
        }

        private long failed(ServerMessage.JsonError error) throws IOException, InterruptedException {
            String text = "error " + error.code() + " " + error.body().action() + ": " + error.body().message();
            if (!error.body().tryAgain()) {
                reset(text);
            }
            if (error.session() == 0) {
                throw new IOException(text);
            }
            closed(text);
            wire.send(new ClientMessage.Unbind(ident));
            return error.body().backoff() == null ? SECOND : error.body().backoff().intervalSeconds() * SECOND;
        }

        private void act() throws IOException, InterruptedException {
            long now = System.nanoTime();
            if (now - heard > SILENCE) {
                throw new IOException("nothing was heard for " + SILENCE / SECOND + " s");
            }
            if (now - nextPing >= 0) {
                wire.send(new ClientMessage.Ping(TimeUnit.NANOSECONDS.toMillis(now & Long.MAX_VALUE), 0));
                nextPing = now + PING_PERIOD;
            }
            if (now - nextWrite >= 0) {
                write(now);
            }
            settle();
        }

        /** Changes are made as long as there is a session, and sent once that may upload. */
        private void write(long now) throws IOException, InterruptedException {
            nextWrite = now + TimeUnit.MILLISECONDS.toNanos(50);
            if (load.periodNanos() > 0 && load.writing().writing()) {
                nextWrite = now + load.periodNanos() / 2 + random.nextLong(load.periodNanos());
                var entry = replica.write(operation());
                if (downloaded) {
                    wire.send(replica.upload(ident, List.of(entry)));
                }
            }
        }

        private void settle() throws IOException, InterruptedException {
            uploaded = !load.writing().writing() && replica.unacknowledged().isEmpty();
            if (!load.writing().settling() || !downloaded || !replica.unacknowledged().isEmpty()) {
                return;
            }
            if (lastMark == 0) {
                lastMark = ++marks;
                wire.send(new ClientMessage.Mark(ident, lastMark));
            } else if (lastMarkAnswered) {
                settled.complete(replica.content());
            }
        }
    }
}
