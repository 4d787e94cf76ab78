// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

/** What an SDK does about an error (sync protocol, section 7.3). */
public enum ErrorAction {
    /** Nothing; the session or the connection resumes by itself. */
    TRANSIENT("Transient"),
    /** The session becomes inactive and the application is told: its own mistake. */
    APPLICATION_BUG("ApplicationBug"),
    /** The session becomes inactive and the application is told: a mistake of its SDK or of the server. */
    PROTOCOL_VIOLATION("ProtocolViolation"),
    /** The client gets a fresh file and recovers its unsynced changes into it. */
    CLIENT_RESET("ClientReset");

    private final String wireName;

    ErrorAction(String wireName) {
        this.wireName = wireName;
    }

    /** The value of the key {@code action}. */
    public String wireName() {
        return wireName;
    }
}
