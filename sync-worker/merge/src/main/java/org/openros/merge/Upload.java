// SPDX-License-Identifier: Apache-2.0
package org.openros.merge;

import java.util.List;
import org.openros.domain.FileIdent;

/**
 * What a client handed over with one UPLOAD message, or with several that are integrated together. The checks at
 * reception (sync protocol, section 5.3) have passed: client versions grow strictly and do not exceed the progress;
 * bases grow weakly, from the client's reciprocal base, and do not exceed the head.
 *
 * @param changesets in order; may be empty, which still reports progress
 * @param clientVersion client version of the progress
 * @param serverVersion server version of the progress
 * @param lockedServerVersion from the header
 */
public record Upload(
        FileIdent client,
        List<UploadedChangeset> changesets,
        long clientVersion,
        long serverVersion,
        long lockedServerVersion) {
    /**
     * Without the changesets that were integrated before. Which ones those are is not judged by their content.
     *
     * @param threshold client version up to which everything was accepted, by this session's start
     */
    public Upload withoutRepetitions(long threshold) {
        List<UploadedChangeset> rest = changesets.stream()
                .dropWhile(changeset -> changeset.clientVersion() <= threshold)
                .toList();
        return new Upload(client, rest, clientVersion, serverVersion, lockedServerVersion);
    }
}
