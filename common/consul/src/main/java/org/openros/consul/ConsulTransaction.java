// SPDX-License-Identifier: Apache-2.0
package org.openros.consul;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.cluster.LockService.Operation;
import org.openros.cluster.LockService.Outcome;
import org.openros.consul.ConsulJson.Failure;
import org.openros.consul.ConsulJson.KeyOperation;
import org.openros.consul.ConsulJson.Result;
import org.openros.consul.ConsulJson.Transacted;

/**
 * A transaction, as Consul wants it and as it answers.
 *
 * @param operations at most 64, which is Consul's limit
 */
record ConsulTransaction(ConsulKeys keys, List<Operation> operations) {
    byte[] body() {
        return ConsulJson.MAPPER.writeValueAsBytes(operations.stream()
                .map(operation -> new ConsulJson.Operation(translate(operation)))
                .toList());
    }

    private KeyOperation translate(Operation operation) {
        return switch (operation) {
            case Operation.Lock(String key, byte[] content, String session) ->
                verb("lock", key, content, null, session);
            case Operation.Unlock(String key, byte[] content, String session) ->
                verb("unlock", key, content, null, session);
            case Operation.CompareAndSet(String key, byte[] content, long index) ->
                verb("cas", key, content, index, null);
            case Operation.CheckHolder(String key, String session) -> verb("check-session", key, null, null, session);
            case Operation.Put(String key, byte[] content) -> verb("set", key, content, null, null);
            case Operation.Delete(String key) -> verb("delete", key, null, null, null);
        };
    }

    private KeyOperation verb(
            String verb, String key, byte @Nullable [] content, @Nullable Long index, @Nullable String session) {
        return new KeyOperation(verb, keys.inConsul(key), content, index, session, null);
    }

    /** The outcome that an answer with these errors tells. */
    Outcome.Refused refusal(List<Failure> failures) {
        Failure first = failures.getFirst();
        return new Outcome.Refused(operations.get(first.opIndex()), first.what());
    }

    /** The outcome that an answer with these results tells. */
    Outcome.Done done(Transacted transacted) {
        Iterator<Result> results = transacted.results() == null
                ? List.<Result>of().iterator()
                : transacted.results().iterator();
        long written = 0;
        for (Operation operation : operations) {
            if (!(operation instanceof Operation.Delete) && results.hasNext()) {
                long index = results.next().pair().modifyIndex();
                written = operation instanceof Operation.CheckHolder ? written : Math.max(written, index);
            }
        }
        return new Outcome.Done(written);
    }
}
