// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

/** Hears of acknowledgements that a stock client got. Called by the threads of the clients. */
@FunctionalInterface
public interface AckListener {
    /**
     * A change was acknowledged.
     *
     * @param client name of the client
     * @param written when it was made, by {@link System#nanoTime}
     * @param acknowledged when the client knew
     */
    void acknowledged(String client, long written, long acknowledged);
}
