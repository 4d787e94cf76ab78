// SPDX-License-Identifier: Apache-2.0
package org.openros.core.audit;

import java.util.Locale;

/** What is told; the names in lower case are part of the log's format. */
public enum AuditEvent {
    /** A log-in, by any provider. */
    LOG_IN,

    /** Another way in is added to a user. */
    LINK,

    /** A refresh; told only when it is refused. */
    REFRESH,

    /** The end of one log-in. */
    LOG_OUT,

    /** A user deletes itself. */
    DELETE_USER,

    /** A new e-mail account. */
    REGISTER,

    /** A mail is asked for, to confirm an address. */
    ASK_CONFIRMATION,

    /** An address is confirmed with the token of a mail. */
    CONFIRM,

    /** A mail is asked for, to reset a password. */
    ASK_RESET,

    /** A password is reset. */
    RESET_PASSWORD,

    /** A new API key. */
    CREATE_API_KEY,

    /** An API key is deleted. */
    DELETE_API_KEY,

    /** An API key is disabled, or enabled again. */
    SWITCH_API_KEY,

    /** A user is suspended, or admitted again. */
    SET_STATUS,

    /** All log-ins of a user are ended by an operator. */
    REVOKE,

    /** The custom data of a user is set. */
    SET_CUSTOM_DATA,

    /** A new signing key. */
    ROTATE_KEYS,

    /** An address goes beyond its limit; told once a minute. */
    LIMIT;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
