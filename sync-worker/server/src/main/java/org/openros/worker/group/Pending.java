// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.group;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Questions to the machine that wait for their answer, by ticket. Thread-safe. */
final class Pending<T> {
    private final AtomicLong tickets = new AtomicLong();
    private final Map<Long, Consumer<? super T>> waiting = new ConcurrentHashMap<>();

    /**
     * Asks.
     *
     * @param asker hears the answer; must not block
     * @param question gets the ticket under which the answer comes
     */
    void ask(Consumer<? super T> asker, LongConsumer question) {
        long ticket = tickets.incrementAndGet();
        waiting.put(ticket, asker);
        question.accept(ticket);
    }

    void answer(long ticket, T answer) {
        Consumer<? super T> asker = waiting.remove(ticket);
        if (asker != null) {
            asker.accept(answer);
        }
    }

    /** Answers everything that waits. */
    void answerAll(T answer) {
        waiting.keySet().forEach(ticket -> answer(ticket, answer));
    }
}
