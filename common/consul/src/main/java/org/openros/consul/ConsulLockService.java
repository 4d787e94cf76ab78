// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.cluster.LockServiceException;
import org.openros.cluster.LockServiceHealth;
import org.openros.consul.ConsulCalls.Answer;
import org.openros.consul.ConsulJson.Failure;
import org.openros.consul.ConsulJson.KeyOperation;
import org.openros.consul.ConsulJson.NewSession;
import org.openros.consul.ConsulJson.Pair;
import org.openros.consul.ConsulJson.SessionId;
import org.openros.consul.ConsulJson.Transacted;

/**
 * The lock service that Consul keeps. Talks to the agent of the same machine, to whose node its sessions are bound:
 * they end when the node's checks fail, at the latest some time after the time to live (Consul may take twice as long,
 * and starts over when its leader changes).
 */
public final class ConsulLockService implements LockService, LockServiceHealth {
    /** How long a call may take that waits for nothing. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

    /** The shortest that is no longer than needed; zero would mean Consul's default of 15 s to some versions. */
    private static final String LOCK_DELAY = "1ms";

    private final ConsulKeys keys;
    private final List<String> sessionChecks;
    private final ConsulClient client;
    private final ConsulCalls calls;
    private final ConsulApi api;
    private final ConsulApi waitingApi;
    private final Set<ConsulWatch> watches = ConcurrentHashMap.newKeySet();

    /**
     * Connects with the first call.
     *
     * @param prefix what all keys in Consul begin with; ends with a slash
     * @param sessionChecks health checks of the agent's node that end a session when they fail
     */
    public ConsulLockService(ConsulAddress address, String prefix, List<String> sessionChecks) {
        this.keys = new ConsulKeys(prefix);
        this.sessionChecks = List.copyOf(sessionChecks);
        this.client = new ConsulClient(address, CALL_TIMEOUT);
        this.calls = new ConsulCalls(address);
        this.api = client.api(ConsulApi.class, CALL_TIMEOUT);
        this.waitingApi = client.api(ConsulApi.class, ConsulWatch.TIMEOUT);
    }

    @Override
    public String openSession(String description, Duration ttl) throws LockServiceException {
        byte[] session = ConsulJson.MAPPER.writeValueAsBytes(
                new NewSession(description, ttl.toMillis() + "ms", LOCK_DELAY, "release", sessionChecks));
        String what = "open a session";
        Answer answer = calls.call(what, () -> api.createSession(session));
        return calls.read(what, answer, SessionId.class).id();
    }

    @Override
    public boolean renewSession(String session) throws LockServiceException {
        return calls.call("renew session " + session, () -> api.renewSession(session), 404).status() == 200;
    }

    @Override
    public void destroySession(String session) throws LockServiceException {
        calls.call("destroy session " + session, () -> api.destroySession(session));
    }

    @Override
    public @Nullable Value get(String key) throws LockServiceException {
        String what = "read " + keys.inConsul(key);
        Answer answer = calls.call(what, () -> api.get(keys.inConsul(key)), 404);
        List<Value> values = values(what, answer);
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public List<Value> list(String prefix) throws LockServiceException {
        String what = "read all of " + keys.inConsul(prefix);
        Answer answer = calls.call(what, () -> api.list(keys.inConsul(prefix)), 404);
        confirmAbsence(answer, prefix);
        return values(what, answer);
    }

    /**
     * Waits for something newer than the index.
     *
     * @return the values, with the index of this state
     */
    ConsulWatch.State await(String prefix, long index, Duration wait) throws LockServiceException {
        String what = "watch " + keys.inConsul(prefix);
        String time = wait.toMillis() + "ms";
        Answer answer = calls.call(what, () -> waitingApi.await(keys.inConsul(prefix), index, time), 404);
        confirmAbsence(answer, prefix);
        return new ConsulWatch.State(answer.index(), values(what, answer));
    }

    /** A list leaves out what the token may not read; a question for a single key is refused instead. */
    private void confirmAbsence(Answer answer, String prefix) throws LockServiceException {
        if (answer.status() == 404) {
            get(prefix);
        }
    }

    private List<Value> values(String what, Answer answer) throws LockServiceException {
        return answer.status() == 404 ? List.of() : keys.values(calls.read(what, answer, Pair[].class));
    }

    @Override
    public void putWhileAlive(String key, byte[] content, String session) throws LockServiceException {
        String path = keys.inConsul(key);
        KeyOperation lock = new KeyOperation("lock", path, content, null, session, ConsulKeys.ALIVE);
        KeyOperation clear = new KeyOperation("delete", path, null, null, null, null);
        Failure failure = write(path, List.of(lock));
        if (failure != null && failure.what().contains("already held")) {
            failure = write(path, List.of(clear, lock));
        }
        if (failure != null) {
            throw new LockServiceException(
                    path + " was not written for session " + session + " (" + failure.what()
                            + "); if the session has ended, open a new one",
                    false,
                    null);
        }
    }

    private @Nullable Failure write(String path, List<KeyOperation> operations) throws LockServiceException {
        byte[] body = ConsulJson.MAPPER.writeValueAsBytes(
                operations.stream().map(ConsulJson.Operation::new).toList());
        List<Failure> failures = transact("write " + path, body).errors();
        return failures == null || failures.isEmpty() ? null : failures.getFirst();
    }

    @Override
    public Outcome transact(List<Operation> operations) throws LockServiceException {
        ConsulTransaction transaction = new ConsulTransaction(keys, List.copyOf(operations));
        String what = "change " + operations.stream().map(ConsulLockService::verb).toList();
        Transacted transacted = transact(what, transaction.body());
        List<Failure> failures = transacted.errors();
        return failures == null || failures.isEmpty()
                ? transaction.done(transacted)
                : transaction.refusal(failures);
    }

    private static String verb(Operation operation) {
        return operation.getClass().getSimpleName();
    }

    private Transacted transact(String what, byte[] body) throws LockServiceException {
        Answer answer = calls.call(what, () -> api.transact(body), 409);
        Transacted transacted = calls.read(what, answer, Transacted.class);
        for (Failure failure : transacted.errors() == null ? List.<Failure>of() : transacted.errors()) {
            if (failure.what().contains("Permission denied")) {
                throw calls.forbidden(what, failure.what());
            }
        }
        return transacted;
    }

    @Override
    public GroupView.Registration watch(String prefix, Consumer<List<Value>> listener) {
        ConsulWatch watch = new ConsulWatch(this, prefix, listener, watches::remove);
        watches.add(watch);
        watch.start();
        return watch;
    }

    @Override
    public @Nullable String problem() {
        return calls.problem();
    }

    @Override
    public void close() {
        watches.forEach(ConsulWatch::close);
        client.close();
    }
}
