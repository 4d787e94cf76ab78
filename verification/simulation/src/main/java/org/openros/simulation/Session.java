// SPDX-License-Identifier: Apache-2.0
package org.openros.simulation;

import org.jspecify.annotations.Nullable;
import org.openros.domain.Epoch;
import org.openros.history.Operation;

/** A client's session for one realm, through a gateway to one node. */
final class Session {
    private final Client.File file;
    private final Host host;
    private final Pipe up;
    private final Pipe down;
    private @Nullable NodeProcess process;
    private @Nullable Leadership reign;
    private long cursor;
    private boolean closed;

    Session(World world, Client.File file, String gateway, Host host) {
        this.file = file;
        this.host = host;
        Runnable rejected = () -> file.closed(this, "connection reset", null);
        up = new Pipe(world, gateway, host.name().value(), rejected);
        down = new Pipe(world, host.name().value(), gateway, rejected);
    }

    Host host() {
        return host;
    }

    String client() {
        return file.client();
    }

    String realm() {
        return file.realm();
    }

    /** The last version that the client was sent or came with. */
    long cursor() {
        return cursor;
    }

    /** Whether nobody would answer a ping on it. */
    boolean isBroken() {
        return closed || process == null || !process.isThere() || reign == null || !reign.sessions.contains(this);
    }

    // --- towards the node -----------------------------------------------------------------------------------------

    void greet(long version, long salt) {
        up.send(() -> {
            NodeProcess reached = host.process;
            if (reached == null) {
                file.closed(this, "connection refused", null);
                return;
            }
            process = reached;
            reached.later(0, () -> {
                reign = reached.leadership;
                if (reign == null) {
                    close("try again: not the master", reached.knownMaster());
                } else {
                    reign.greet(this, version, salt);
                }
            });
        });
    }

    void upload(long number, Operation operation) {
        up.send(() -> {
            if (process != null) {
                process.later(0, () -> {
                    if (reign != null) {
                        reign.upload(this, number, operation);
                    }
                });
            }
        });
    }

    /** The client or its gateway gave it up. */
    void abandon() {
        up.breakOff();
        down.breakOff();
        closed = true;
        if (reign != null) {
            reign.sessions.remove(this);
        }
    }

    // --- towards the client ---------------------------------------------------------------------------------------

    void begin(long version, long integrated) {
        cursor = version;
        down.send(() -> file.began(this, integrated));
    }

    void deliver(Change change, Epoch epoch) {
        cursor = change.version();
        down.send(() -> file.received(this, change, epoch, host.name().value()));
    }

    void close(String why, @Nullable String hint) {
        if (!closed) {
            closed = true;
            down.send(() -> file.closed(this, why, hint));
        }
    }

    void reset(String why) {
        if (!closed) {
            closed = true;
            down.send(() -> file.reset(this, why));
        }
    }
}
