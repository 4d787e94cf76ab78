// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The checks of a stock client on the DOWNLOADs of one file, over any number of sessions: breaking one would deactivate
 * every session of a real client's connection. Not thread-safe.
 */
public final class DownloadChecker {
    private final long ownFileIdent;
    private DownloadProgress current;

    /**
     * Starts with what the client has persisted.
     *
     * @param ownFileIdent the client file identifier of the receiver
     */
    public DownloadChecker(long ownFileIdent, DownloadProgress persisted) {
        this.ownFileIdent = ownFileIdent;
        this.current = persisted;
    }

    /** A DOWNLOAD breaks a rule. */
    public static final class BrokenRule extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final DownloadRule rule;

        BrokenRule(DownloadRule rule, String detail) {
            super(rule + ": " + detail);
            this.rule = rule;
        }

        /** The rule. */
        public DownloadRule rule() {
            return rule;
        }
    }

    /** The progress of the last message that was accepted. */
    public DownloadProgress progress() {
        return current;
    }

    /**
     * Checks a message and takes over its progress.
     *
     * @param newestClientVersion the client's newest local version
     * @param maxBodyBytes the largest acceptable size of the decompressed entries
     * @return the entries
     * @throws BrokenRule if a rule is broken; the progress stays as it was
     * @throws ProtocolViolation if the body is malformed or too large
     */
    public List<DownloadEntry> accept(ServerMessage.Download message, long newestClientVersion, int maxBodyBytes) {
        DownloadProgress next = message.progress();
        checkHeader(next, newestClientVersion);
        List<DownloadEntry> entries = new ArrayList<>();
        long serverVersion = current.downloadServerVersion();
        long clientVersion = current.downloadClientVersion();
        for (Iterator<DownloadEntry> all = message.entries(maxBodyBytes); all.hasNext(); ) {
            DownloadEntry entry = all.next();
            checkEntry(entry, serverVersion, clientVersion, next);
            serverVersion = entry.serverVersion();
            clientVersion = entry.clientVersion();
            entries.add(entry);
        }
        current = next;
        return entries;
    }

    private void checkHeader(DownloadProgress next, long newestClientVersion) {
        atMost(
                DownloadRule.LATEST_SERVER_VERSION_NEVER_DECREASES,
                current.latestServerVersion(),
                next.latestServerVersion());
        atMost(
                DownloadRule.UPLOAD_CLIENT_VERSION_NEVER_DECREASES,
                current.uploadClientVersion(),
                next.uploadClientVersion());
        atMost(
                DownloadRule.UPLOAD_CLIENT_VERSION_IS_A_VERSION_OF_THE_CLIENT,
                next.uploadClientVersion(),
                newestClientVersion);
        atMost(
                DownloadRule.DOWNLOAD_SERVER_VERSION_NEVER_DECREASES,
                current.downloadServerVersion(),
                next.downloadServerVersion());
        atMost(
                DownloadRule.DOWNLOAD_SERVER_VERSION_IS_AT_MOST_THE_LATEST,
                next.downloadServerVersion(),
                next.latestServerVersion());
        atMost(
                DownloadRule.DOWNLOAD_CLIENT_VERSION_NEVER_DECREASES,
                current.downloadClientVersion(),
                next.downloadClientVersion());
        checkUploadCursor(next);
    }

    private void checkUploadCursor(DownloadProgress next) {
        atMost(
                DownloadRule.DOWNLOAD_CLIENT_VERSION_IS_AT_MOST_THE_UPLOADED,
                next.downloadClientVersion(),
                next.uploadClientVersion());
        atMost(
                DownloadRule.DOWNLOAD_SERVER_VERSION_IS_AT_LEAST_THE_UPLOADED,
                next.uploadServerVersion(),
                next.downloadServerVersion());
        if (next.uploadServerVersion() != 0) {
            atMost(
                    DownloadRule.UPLOAD_SERVER_VERSION_NEVER_DECREASES,
                    current.uploadServerVersion(),
                    next.uploadServerVersion());
        }
    }

    private void checkEntry(DownloadEntry entry, long serverVersion, long clientVersion, DownloadProgress header) {
        atMost(DownloadRule.ENTRY_HAS_A_SERVER_VERSION, 1, entry.serverVersion());
        atMost(DownloadRule.ENTRIES_ASCEND, serverVersion + 1, entry.serverVersion());
        atMost(
                DownloadRule.ENTRY_IS_AT_MOST_THE_DOWNLOAD_SERVER_VERSION,
                entry.serverVersion(),
                header.downloadServerVersion());
        DownloadRule rule = DownloadRule.ENTRY_CLIENT_VERSION_NEVER_DECREASES_AND_IS_AT_MOST_THE_HEADERS;
        atMost(rule, clientVersion, entry.clientVersion());
        atMost(rule, entry.clientVersion(), header.downloadClientVersion());
        if (entry.originFileIdent() == 0 || entry.originFileIdent() == ownFileIdent) {
            throw new BrokenRule(DownloadRule.ENTRY_IS_OF_ANOTHER_FILE, "origin " + entry.originFileIdent());
        }
    }

    private static void atMost(DownloadRule rule, long smaller, long larger) {
        if (smaller > larger) {
            throw new BrokenRule(rule, smaller + " > " + larger);
        }
    }
}
