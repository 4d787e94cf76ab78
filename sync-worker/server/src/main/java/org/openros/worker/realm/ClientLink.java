// SPDX-License-Identifier: Apache-2.0
package org.openros.worker.realm;

/**
 * The way from a session to its client. All calls come from the realm's actor, one at a time; none blocks. After
 * {@link #finish}, {@link #violate} or {@link #unavailable} there are no more calls.
 */
public interface ClientLink {
    /** Whether the client keeps up, so that a download may be sent. Turning true is reported to the session. */
    boolean isReady();

    /** Sends one sync protocol message. */
    void send(byte[] message);

    /** Asks for the client's next message. */
    void requestNext();

    /** Ends the session in good order. */
    void finish();

    /**
     * Ends the client's whole connection because it broke the protocol.
     *
     * @param code error code at connection level, 100 to 199
     */
    void violate(int code, String message);

    /** Ends the session; the client should try again. */
    void unavailable(String message);
}
