// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the tasks of one actor one at a time, in the order of their arrival, on threads that many actors share. The
 * number of waiting tasks is bounded by what the senders may have under way: a session has one message at a time in
 * here.
 */
final class Mailbox implements Executor {
    /** After so many tasks an actor lets the others have a turn. */
    private static final int TURN = 64;

    private final Executor threads;
    private final Runnable afterTurn;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * A mailbox without tasks.
     *
     * @param afterTurn runs when the tasks at hand are done, before the thread is given back: the place for work that
     *     is cheaper for many tasks at once
     */
    Mailbox(Executor threads, Runnable afterTurn) {
        this.threads = threads;
        this.afterTurn = afterTurn;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            threads.execute(this::run);
        }
    }

    private void run() {
        int done = 0;
        try {
            for (Runnable task = tasks.poll(); task != null; task = done < TURN ? tasks.poll() : null) {
                done++;
                task.run();
            }
            afterTurn.run();
        } finally {
            if (waiting.addAndGet(-done) > 0) {
                threads.execute(this::run);
            }
        }
    }
}
