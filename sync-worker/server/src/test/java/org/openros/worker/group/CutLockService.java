// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.GroupView;
import org.openros.cluster.LockService;
import org.openros.cluster.LockServiceException;

/** One node's way to the lock service, which can be cut: nothing arrives then, and nothing is reported. */
final class CutLockService implements LockService {
    private final LockService service;
    private final BooleanSupplier isCut;

    CutLockService(LockService service, BooleanSupplier isCut) {
        this.service = service;
        this.isCut = isCut;
    }

    private LockService reached() throws LockServiceException {
        if (isCut.getAsBoolean()) {
            throw new LockServiceException("the way is cut", true, null);
        }
        return service;
    }

    @Override
    public String openSession(String description, Duration ttl) throws LockServiceException {
        return reached().openSession(description, ttl);
    }

    @Override
    public boolean renewSession(String session) throws LockServiceException {
        return reached().renewSession(session);
    }

    @Override
    public void destroySession(String session) throws LockServiceException {
        reached().destroySession(session);
    }

    @Override
    public @Nullable Value get(String key) throws LockServiceException {
        return reached().get(key);
    }

    @Override
    public List<Value> list(String prefix) throws LockServiceException {
        return reached().list(prefix);
    }

    @Override
    public void putWhileAlive(String key, byte[] content, String session) throws LockServiceException {
        reached().putWhileAlive(key, content, session);
    }

    @Override
    public Outcome transact(List<Operation> operations) throws LockServiceException {
        return reached().transact(operations);
    }

    @Override
    public GroupView.Registration watch(String prefix, Consumer<List<Value>> listener) {
        return service.watch(prefix, values -> {
            if (!isCut.getAsBoolean()) {
                listener.accept(values);
            }
        });
    }

    /** The service belongs to all nodes. */
    @Override
    public void close() {}
}
