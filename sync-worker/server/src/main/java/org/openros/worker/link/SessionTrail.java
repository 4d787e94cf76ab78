// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.link;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.openros.domain.FileIdent;
import org.openros.domain.token.RealmToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the log tells of one session stream, under the name that the gateway gave the client's connection: a JSON object
 * when the session begins and one when it is over, through the logger {@value #LOGGER}. Thread-safe.
 */
final class SessionTrail {
    /** The name of the logger. */
    static final String LOGGER = "org.openros.sessions";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final @Nullable String connection;
    private final long begunNanos = System.nanoTime();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable String realm;
    private volatile @Nullable String user;

    /** The trail of a stream that has just come, of a connection with that name. */
    SessionTrail(@Nullable String connection) {
        this.connection = connection;
    }

    /**
     * One line. There is no room in it for tokens; what is null is left out.
     *
     * @param event {@code session-begin} or {@code session-end}
     * @param connection its name in the log of the gateway, and in that of the client
     * @param file the client file, if the client told
     * @param received bytes of the client's messages
     * @param end why it is over: {@code client} if the client or the gateway left, else what it was told
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            String event,
            @Nullable String connection,
            @Nullable String realm,
            @Nullable String user,
            @Nullable Long file,
            @Nullable Long millis,
            @Nullable Long received,
            @Nullable Long sent,
            @Nullable String end) {}

    /** The token of the stream is good. */
    void begins(RealmToken token) {
        realm = token.path().value();
        user = token.userId();
        if (!over.get()) {
            write(new Line("session-begin", connection, realm, user, null, null, null, null, null));
        }
    }

    void received(int bytes) {
        received.addAndGet(bytes);
    }

    void sent(int bytes) {
        sent.addAndGet(bytes);
    }

    /** The client is gone; only the first end counts. */
    void left(@Nullable FileIdent file) {
        ends(file, "client");
    }

    /** This worker ends the stream. */
    void ended(@Nullable FileIdent file, Status status) {
        ends(file, status.isOk() ? "ok" : status.getCode() + ": " + status.getDescription());
    }

    private void ends(@Nullable FileIdent file, String why) {
        if (over.compareAndSet(false, true)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
            write(new Line("session-end", connection, realm, user, file == null ? null : file.value(), millis,
                    received.get(), sent.get(), why));
        }
    }

    private static void write(Line line) {
        LOG.info("{}", JSON.writeValueAsString(line));
    }
}
