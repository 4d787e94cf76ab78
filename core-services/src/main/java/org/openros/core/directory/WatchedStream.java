// SPDX-License-Identifier: Apache-2.0
package org.openros.core.directory;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A stream that breaks off when nothing comes for a while: a frozen sender never says that it has ended. */
final class WatchedStream extends FilterInputStream {
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);

    private final Thread watcher;
    private volatile long waitingSince = Long.MAX_VALUE;

    WatchedStream(InputStream in) {
        super(in);
        watcher = Thread.ofVirtual().name("stream-watcher").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                long since = waitingSince;
                if (since != Long.MAX_VALUE && System.nanoTime() - since > LONGEST_SILENCE.toNanos()) {
                    in.close();
                    return;
                }
            }
        } catch (InterruptedException | IOException e) {
            // Nobody reads any more.
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        waitingSince = System.nanoTime();
        try {
            return in.read(bytes, offset, length);
        } finally {
            waitingSince = Long.MAX_VALUE;
        }
    }

    @Override
    public void close() throws IOException {
        watcher.interrupt();
        in.close();
    }
}
