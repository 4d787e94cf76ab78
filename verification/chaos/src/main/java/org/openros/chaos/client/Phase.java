// SPDX-License-Identifier: Apache-2.0
package org.openros.chaos.client;

/**
 * What all clients are about: first they write, then everything is uploaded, then everything is downloaded.
 * Thread-safe.
 */
final class Phase {
    private volatile boolean writing = true;
    private volatile boolean settling;

    /** Whether changes are made. */
    boolean writing() {
        return writing;
    }

    /** Whether nobody writes any more, and what was written is on the server. */
    boolean settling() {
        return settling;
    }

    void stopWriting() {
        writing = false;
    }

    void settle() {
        settling = true;
    }
}
