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

    /** An administrator makes a user, or changes it. */
    SET_USER,

    /** A user is suspended, or admitted again. */
    SET_STATUS,

    /** All log-ins of a user are ended by an operator. */
    REVOKE,

    /** The custom data of a user is set. */
    SET_CUSTOM_DATA,

    /** A new signing key. */
    ROTATE_KEYS,

    /** A signing key is taken away; its tokens end. */
    RETIRE_KEY,

    /** An administrator makes a user. */
    CREATE_USER,

    /** An administrator sets what a user, or everybody, may do with a realm. */
    SET_PERMISSION,

    /** An administrator makes a realm. */
    CREATE_REALM,

    /** An administrator changes the type of a realm. */
    CHANGE_REALM,

    /** An administrator changes objects of a realm. */
    CHANGE_OBJECTS,

    /** An administrator puts a realm into the trash. */
    DELETE_REALM,

    /** An administrator takes a realm out of the trash. */
    RESTORE_REALM,

    /** An administrator's token is issued. */
    ISSUE_TOKEN,

    /** An administrator's token is revoked. */
    REVOKE_TOKEN,

    /** A group of workers gets an order. */
    ORDER_GROUP,

    /** A backup is removed. */
    DELETE_BACKUP,

    /** Realms, or everything, are restored from a backup. */
    RESTORE_BACKUP,

    /** A job is begun. */
    BEGIN_JOB,

    /** A job is told to stop. */
    CANCEL_JOB,

    /** A sync session is ended. */
    END_SESSION,

    /** An address goes beyond its limit; told once a minute. */
    LIMIT;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
