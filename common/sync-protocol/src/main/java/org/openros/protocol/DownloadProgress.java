// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

/**
 * The cursors in the header of a DOWNLOAD (sync protocol, section 3.7).
 *
 * @param downloadServerVersion position in the server's history that the message reaches
 * @param downloadClientVersion last version of the receiving client that was integrated at that position
 * @param latestServerVersion newest server version in existence
 * @param latestServerVersionSalt its salt
 * @param uploadClientVersion the acknowledgement: newest client version that is integrated
 * @param uploadServerVersion the server version that the client reported together with it
 */
public record DownloadProgress(
        long downloadServerVersion,
        long downloadClientVersion,
        long latestServerVersion,
        long latestServerVersionSalt,
        long uploadClientVersion,
        long uploadServerVersion) {
    /** A new file at an empty realm. */
    public static final DownloadProgress ZERO = new DownloadProgress(0, 0, 0, 0, 0, 0);
}
