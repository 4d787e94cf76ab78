// SPDX-License-Identifier: Apache-2.0
package org.openros.core.metadata;

import java.util.List;
import org.openros.core.metadata.Column.Type;

/** The classes of the system realm. Columns are only ever added: older processes read the same realm. */
public enum MetadataTable {
    /** A realm that was opened or created. Key: see {@code RealmKey}. */
    REALM(
            "Realm",
            Column.required("path", Type.STRING),
            Column.required("type", Type.STRING),
            Column.optional("owner", Type.STRING),
            Column.required("group", Type.STRING),
            Column.required("store", Type.STRING),
            Column.required("incarnation", Type.INT),
            Column.required("deleted", Type.BOOL),
            Column.required("createdAt", Type.TIMESTAMP)),

    /** A deleted realm. Key: the realm, then the number of its incarnation. */
    TRASH(
            "Trash",
            Column.required("path", Type.STRING),
            Column.required("type", Type.STRING),
            Column.optional("owner", Type.STRING),
            Column.required("group", Type.STRING),
            Column.required("store", Type.STRING),
            Column.required("incarnation", Type.INT),
            Column.required("createdAt", Type.TIMESTAMP),
            Column.required("deletedAt", Type.TIMESTAMP)),

    /** The content of a deleted realm that is being removed from its group. Key: as in the trash. */
    PURGE(
            "Purge",
            Column.required("path", Type.STRING),
            Column.required("group", Type.STRING),
            Column.required("store", Type.STRING),
            Column.required("mark", Type.BOOL)),

    /** A move of a realm to another group, under way or ended. Key: its id. */
    MOVE(
            "Move",
            Column.required("path", Type.STRING),
            Column.required("store", Type.STRING),
            Column.required("incarnation", Type.INT),
            Column.required("source", Type.STRING),
            Column.required("target", Type.STRING),
            Column.required("state", Type.STRING),
            Column.required("cancelled", Type.BOOL),
            Column.required("admission", Type.INT),
            Column.required("closing", Type.INT),
            Column.required("copied", Type.INT),
            Column.required("size", Type.INT),
            Column.required("startedAt", Type.TIMESTAMP),
            Column.optional("endedAt", Type.TIMESTAMP),
            Column.optional("error", Type.STRING)),

    /** That a realm is being moved. Key: the realm. */
    MOVING("Moving", Column.required("move", Type.STRING)),

    /** An offer of rights. Key: a random token. */
    OFFER(
            "Offer",
            Column.required("path", Type.STRING),
            Column.required("level", Type.STRING),
            Column.required("creator", Type.STRING),
            Column.required("createdAt", Type.TIMESTAMP),
            Column.optional("expiresAt", Type.TIMESTAMP)),

    /** The offers that somebody made. Key: the creator, then the token; the offer has the rest. */
    OFFERER("Offerer", Column.required("token", Type.STRING)),

    /** What a user, or everybody, may do with a realm. Key: see {@code GrantKey}. */
    GRANT(
            "Grant",
            Column.required("path", Type.STRING),
            Column.required("read", Type.BOOL),
            Column.required("write", Type.BOOL),
            Column.required("manage", Type.BOOL),
            Column.required("updatedAt", Type.TIMESTAMP)),

    /** The realms that a user has a grant to. Key: the user, then the realm; the grant has the rest. */
    GRANTEE("Grantee", Column.required("path", Type.STRING)),

    /** The end of the list of access changes. One object. */
    ACCESS_FEED("AccessFeed", Column.required("last", Type.INT)),

    /** Something that changed what sessions may do. Key: its number, with leading zeros. */
    ACCESS_CHANGE(
            "AccessChange", Column.optional("path", Type.STRING), Column.optional("user", Type.STRING)),

    /** A person, or an anonymous visitor, of one app. Key: 24 hexadecimal digits. */
    USER(
            "User",
            Column.required("app", Type.STRING),
            Column.required("disabled", Type.BOOL),
            Column.required("createdAt", Type.TIMESTAMP),
            Column.required("linkCount", Type.INT),
            Column.dictionary("identities", Type.STRING),
            Column.dictionary("logins", Type.TIMESTAMP),
            Column.dictionary("profile", Type.STRING),
            Column.optional("customData", Type.STRING),
            Column.optional("admin", Type.BOOL),
            Column.optional("metadata", Type.STRING),
            Column.optional("lastEnd", Type.STRING)),

    /** That a user id with capital letters is taken. Key: the id in lower case. */
    USER_NAME("UserName", Column.required("user", Type.STRING)),

    /** A way in: an e-mail address, an anonymous ticket, an API key. Key: {@code <app>/<provider>/<subject>}. */
    IDENTITY(
            "Identity",
            Column.required("identityId", Type.STRING),
            Column.required("createdAt", Type.TIMESTAMP),
            Column.optional("user", Type.STRING),
            Column.optional("passwordHash", Type.STRING),
            Column.optional("name", Type.STRING),
            Column.optional("disabled", Type.BOOL),
            Column.optional("unconfirmed", Type.BOOL)),

    /** What a mail proves: that its reader owns an address. Key: 24 hexadecimal digits made of purpose and identity. */
    MAIL_TOKEN(
            "MailToken",
            Column.required("identity", Type.STRING),
            Column.required("identityId", Type.STRING),
            Column.required("digest", Type.STRING),
            Column.required("expiresAt", Type.TIMESTAMP),
            Column.required("windowStart", Type.TIMESTAMP),
            Column.required("sent", Type.INT)),

    /** A token that was issued to an administrator. Key: 24 hexadecimal digits. */
    ADMIN_TOKEN(
            "AdminToken",
            Column.required("name", Type.STRING),
            Column.required("role", Type.STRING),
            Column.required("createdAt", Type.TIMESTAMP),
            Column.required("expiresAt", Type.TIMESTAMP)),

    /** Work that takes longer than a request. Key: 24 hexadecimal digits. */
    JOB(
            "Job",
            Column.required("type", Type.STRING),
            Column.required("target", Type.STRING),
            Column.required("creator", Type.STRING),
            Column.required("state", Type.STRING),
            Column.required("done", Type.INT),
            Column.required("total", Type.INT),
            Column.required("unit", Type.STRING),
            Column.required("cancelled", Type.BOOL),
            Column.required("beat", Type.INT),
            Column.required("createdAt", Type.TIMESTAMP),
            Column.optional("runner", Type.STRING),
            Column.optional("startedAt", Type.TIMESTAMP),
            Column.optional("endedAt", Type.TIMESTAMP),
            Column.optional("error", Type.STRING),
            Column.optional("result", Type.STRING)),

    /** A job that has not ended. Key: its type, a blank, its target. */
    ACTIVE_JOB("ActiveJob", Column.required("job", Type.STRING)),

    /** The answer to a request that must not be done twice. Key: a digest of who asked, what, and the key it gave. */
    IDEMPOTENT_REQUEST(
            "IdempotentRequest",
            Column.required("digest", Type.STRING),
            Column.required("begunAt", Type.TIMESTAMP),
            Column.required("attempt", Type.STRING),
            Column.required("status", Type.INT),
            Column.optional("answer", Type.STRING));

    private final String className;
    private final List<Column> columns;

    MetadataTable(String className, Column... columns) {
        this.className = className;
        this.columns = List.of(columns);
    }

    /** The name of the class in the realm. */
    public String className() {
        return className;
    }

    List<Column> columns() {
        return columns;
    }
}
