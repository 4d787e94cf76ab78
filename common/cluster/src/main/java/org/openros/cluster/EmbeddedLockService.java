// SPDX-License-Identifier: Apache-2.0
package org.openros.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A lock service for applications that run in one process and share this object. It lives in memory; its values can be
 * kept in a file. Sessions and locks end with the process.
 *
 * <p>A session ends when its time to live has passed, to within a tenth of a second.
 */
public final class EmbeddedLockService implements LockService {
    private static final Duration SWEEP = Duration.ofMillis(100);

    private record Session(Duration ttl, long renewed) {}

    private final @Nullable ValueFile file;
    private final MonotonicClock clock;
    private final Map<String, Session> sessions = new HashMap<>();
    private final EmbeddedWatches watches = new EmbeddedWatches(this::list);
    private EmbeddedValues values;
    private boolean sweeping;

    /** In memory only. */
    public EmbeddedLockService() {
        this(MonotonicClock.system());
    }

    /** In memory only, with a clock that sessions live by. */
    public EmbeddedLockService(MonotonicClock clock) {
        this(null, EmbeddedValues.none(), clock);
    }

    private EmbeddedLockService(@Nullable ValueFile file, EmbeddedValues values, MonotonicClock clock) {
        this.file = file;
        this.values = values;
        this.clock = clock;
    }

    /**
     * A lock service whose values outlive the process. Every change of a value is on disk before the call returns,
     * except for values that go with a session.
     *
     * @param file made with the first change; nobody else may write it
     * @throws LockServiceException if the file exists and cannot be read
     */
    public static EmbeddedLockService keptIn(Path file, MonotonicClock clock) throws LockServiceException {
        ValueFile kept = new ValueFile(file);
        return new EmbeddedLockService(kept, kept.read(), clock);
    }

    @Override
    public synchronized String openSession(String description, Duration ttl) {
        String session = UUID.randomUUID().toString();
        sessions.put(session, new Session(ttl, clock.nanos()));
        if (!sweeping) {
            sweeping = true;
            watches.repeat(SWEEP, this::expire);
        }
        return session;
    }

    @Override
    public synchronized boolean renewSession(String session) {
        expire();
        return sessions.computeIfPresent(session, (id, old) -> new Session(old.ttl, clock.nanos())) != null;
    }

    @Override
    public synchronized void destroySession(String session) {
        if (sessions.remove(session) != null) {
            EmbeddedValues draft = values.draft();
            if (draft.end(session)) {
                publish(draft);
            }
        }
    }

    private synchronized void expire() {
        long now = clock.nanos();
        List<String> expired = sessions.entrySet().stream()
                .filter(each -> now - each.getValue().renewed >= each.getValue().ttl.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        expired.forEach(this::destroySession);
    }

    @Override
    public synchronized @Nullable Value get(String key) {
        expire();
        return values.get(key);
    }

    @Override
    public synchronized List<Value> list(String prefix) {
        expire();
        return values.list(prefix);
    }

    @Override
    public synchronized void putWhileAlive(String key, byte[] content, String session) throws LockServiceException {
        expire();
        if (!sessions.containsKey(session)) {
            throw new LockServiceException(
                    key + " was not written: session " + session + " has ended; open a new one", false, null);
        }
        EmbeddedValues draft = values.draft();
        draft.putWhileAlive(key, content, session);
        publish(draft);
    }

    @Override
    public synchronized Outcome transact(List<Operation> operations) throws LockServiceException {
        expire();
        EmbeddedValues draft = values.draft();
        for (Operation operation : operations) {
            String refusal = draft.apply(operation, sessions.keySet());
            if (refusal != null) {
                return new Outcome.Refused(operation, refusal);
            }
        }
        if (draft.isChanged()) {
            if (file != null) {
                file.replace(draft);
            }
            publish(draft);
        }
        return new Outcome.Done(draft.writtenIndex());
    }

    private void publish(EmbeddedValues draft) {
        values = draft;
        watches.changed();
    }

    @Override
    public GroupView.Registration watch(String prefix, Consumer<List<Value>> listener) {
        return watches.add(prefix, listener);
    }

    @Override
    public void close() {
        watches.close();
    }
}
