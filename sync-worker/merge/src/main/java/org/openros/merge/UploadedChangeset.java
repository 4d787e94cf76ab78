// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import org.openros.changeset.Changeset;

/**
 * One changeset of an upload, parsed from the client's own bytes (which are not the bytes that will be stored).
 *
 * @param clientVersion version that it produced in the client's file
 * @param base last server version that the client had integrated when it made the changeset
 * @param originTimestamp milliseconds since 2015-01-01T00:00:00Z by the client's clock; never corrected
 */
public record UploadedChangeset(long clientVersion, long base, long originTimestamp, Changeset changeset) {}
