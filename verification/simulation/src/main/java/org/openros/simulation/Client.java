// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.history.Entry;
import org.openros.history.Holder;
import org.openros.history.Operation;

/** A client with a file for each of its realms. It writes when it likes, and sends again what was not acknowledged. */
final class Client {
    private static final int MOST_WAITING = 20;
    private static final int RARELY = 300;
    private static final long PATIENCE = 6 * Agenda.SECOND;

    private final World world;
    private final String name;
    private final List<File> files = new ArrayList<>();
    private final long pace;

    Client(World world, String name, List<String> realms) {
        this.world = world;
        this.name = name;
        realms.forEach(realm -> files.add(new File(realm)));
        pace = 20 * Agenda.MILLISECOND + world.random.nextLong(400 * Agenda.MILLISECOND);
    }

    void begin() {
        world.agenda.later(world.random.nextLong(pace), this::act);
    }

    private void act() {
        files.forEach(File::act);
        world.agenda.later(pace / 2 + world.random.nextLong(pace), this::act);
    }

    boolean isQuiet() {
        return files.stream().allMatch(File::isQuiet);
    }

    /** A gateway leads to another node now. */
    void moved(Gateway gateway, Host host) {
        files.forEach(file -> file.moved(gateway, host));
    }

    void recordFinals(long at) {
        files.forEach(file -> file.recordFinal(at));
    }

    String describe() {
        StringBuilder text = new StringBuilder(name);
        files.forEach(file -> text.append(' ').append(file.realm).append(" at ").append(file.version).append(", ")
                .append(file.waiting.size()).append(" wait, session ").append(file.session != null && file.begun));
        return text.toString();
    }

    private record Waiting(long number, Operation operation) {}

    /** What a client keeps of a realm, over all its sessions. */
    final class File {
        private final String realm;
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private final Content content = new Content();
        private long numbers;
        private long version;
        private long salt;
        private @Nullable Session session;
        private boolean begun;
        private long heardAt;
        private long retryAt;
        private @Nullable String hint;
        private Gateway gateway = world.gateways.getFirst();

        File(String realm) {
            this.realm = realm;
        }

        String client() {
            return name;
        }

        String realm() {
            return realm;
        }

        boolean isQuiet() {
            return waiting.isEmpty() && begun && session != null && version == world.lastVersion(realm);
        }

        void act() {
            long now = world.agenda.now();
            if (session == null && now >= retryAt) {
                connect();
            } else if (session != null && now - heardAt > PATIENCE
                    && (!begun || !waiting.isEmpty() || session.isBroken())) {
                closed(session, "no answer for " + PATIENCE / Agenda.SECOND + " s", null);
            } else if (session != null && world.random.nextInt(RARELY) == 0) {
                closed(session, "the device changed its network", null);
            }
            if (world.writing && waiting.size() < MOST_WAITING) {
                write();
            }
        }

        private void write() {
            Waiting change = new Waiting(++numbers, operation());
            content.apply(change.operation());
            waiting.add(change);
            world.recorder.add(new Entry.Sent(world.agenda.now(), name, realm, change.number(), change.operation()));
            if (waiting.size() == 1) {
                heardAt = world.agenda.now();
            }
            if (session != null && begun) {
                session.upload(change.number(), change.operation());
            }
        }

        private Operation operation() {
            return world.random.nextInt(3) == 0 ? new Operation.Increment("likes", 1 + world.random.nextLong(9))
                    : new Operation.Insert(name + "-" + numbers);
        }

        /** A client reaches the group through any of its gateways. */
        private void connect() {
            if (hint == null) {
                gateway = world.gateways.get(world.random.nextInt(world.gateways.size()));
            }
            Host host = gateway.route(hint);
            hint = null;
            if (host == null) {
                retry();
                return;
            }
            session = new Session(world, this, gateway.name(), host);
            begun = false;
            heardAt = world.agenda.now();
            session.greet(version, salt);
        }

        private void retry() {
            retryAt = world.agenda.now() + 50 * Agenda.MILLISECOND + world.random.nextLong(250 * Agenda.MILLISECOND);
        }

        void moved(Gateway by, Host host) {
            if (session != null && gateway == by && session.host() != host) {
                closed(session, "try again: the gateway saw another master", null);
            }
        }

        void began(Session by, long integrated) {
            if (by == session) {
                begun = true;
                heardAt = world.agenda.now();
                waiting.forEach(change -> by.upload(change.number(), change.operation()));
            }
        }

        void received(Session by, Change change, Epoch epoch, String node) {
            if (by != session) {
                return;
            }
            heardAt = world.agenda.now();
            version = change.version();
            salt = change.salt();
            if (change.client().equals(name)) {
                waiting.removeIf(sent -> sent.number() <= change.number());
                world.recorder.add(new Entry.Acked(heardAt, name, realm, change.number(), version,
                        epoch.value(), node));
            } else {
                content.apply(change.operation());
                world.recorder.add(new Entry.Downloaded(heardAt, name, realm, version, salt, change.content()));
            }
        }

        void closed(Session by, String why, @Nullable String master) {
            if (by == session) {
                session = null;
                begun = false;
                hint = master;
                by.abandon();
                retry();
                world.recorder.add(new Entry.Closed(world.agenda.now(), name, realm, why));
            }
        }

        void reset(Session by, String why) {
            if (by == session) {
                world.recorder.add(new Entry.Reset(world.agenda.now(), name, realm, why));
                closed(by, why, null);
            }
        }

        private void recordFinal(long at) {
            Holder holder = Holder.client(name);
            content.record(world.recorder, at, holder, realm);
            world.recorder.add(new Entry.FinalState(at, holder, realm, content.hash()));
        }
    }
}
