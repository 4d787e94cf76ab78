// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

/**
 * The cursors in the header of an UPLOAD (sync protocol, section 3.6).
 *
 * @param clientVersion how far the client has scanned its own history
 * @param serverVersion the last server version that the client had integrated at that point
 * @param lockedServerVersion the client's persisted download cursor
 */
public record UploadProgress(long clientVersion, long serverVersion, long lockedServerVersion) {}
