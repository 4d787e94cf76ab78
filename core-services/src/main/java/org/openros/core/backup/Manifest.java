// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import org.openros.core.directory.RealmContents;

/**
 * What a backup is. It is written last: a folder without one is no backup.
 *
 * @param format of the backup; {@value #FORMAT} is the only one yet
 * @param startedAt in RFC 3339; no realm is older in it
 * @param endedAt no realm is newer in it
 * @param realms how many there are, without the metadata
 * @param bytes of all realm files
 * @param index SHA-256 of {@code files.jsonl}
 */
public record Manifest(
        int format,
        BackupId id,
        String serverVersion,
        BackupScope scope,
        String startedAt,
        String endedAt,
        long realms,
        long bytes,
        String index) {
    static final int FORMAT = 1;

    /** What a file holds. */
    public enum Kind {
        /** Users, permissions and the like: the system realm. */
        METADATA,
        /** A realm of an app. */
        REALM
    }

    /**
     * A realm in a backup.
     *
     * @param number of the file, from 0
     * @param bytes of the file
     * @param sha256 of the file, in hexadecimal digits
     * @param path by which clients name it
     * @param type as the directory has it
     * @param owner empty if it has none
     * @param group that had it
     * @param store by which workers named it
     * @param createdAt in RFC 3339
     * @param end how far it had come
     */
    public record StoredRealm(
            long number,
            long bytes,
            String sha256,
            Kind kind,
            String path,
            String type,
            String owner,
            String group,
            String store,
            String createdAt,
            RealmContents.End end) {}
}
