// SPDX-License-Identifier: Apache-2.0
package org.openros.protocol;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class DownloadCheckerTest {
    private static final int LIMIT = 1 << 20;
    private static final long OWN = 5;
    private static final DownloadProgress PERSISTED = new DownloadProgress(10, 20, 12, 99, 30, 8);

    private final DownloadChecker checker = new DownloadChecker(OWN, PERSISTED);

    @Test
    void messageThatKeepsAllRulesIsAcceptedAndAdvancesTheProgress() {
        DownloadProgress next = new DownloadProgress(13, 25, 14, 98, 31, 9);

        var entries = checker.accept(download(next, entry(11, 20, 6), entry(13, 25, 1)), 40, LIMIT);

        assertThat(entries).hasSize(2);
        assertThat(checker.progress()).isEqualTo(next);
    }

    @Test
    void progressOfAFreshServerRecordIsExemptAfterAClientReset() {
        DownloadProgress next = new DownloadProgress(10, 20, 12, 99, 30, 0);

        checker.accept(download(next), 40, LIMIT);

        assertThat(checker.progress()).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 20, 11, 30,  8, LATEST_SERVER_VERSION_NEVER_DECREASES",
        "10, 20, 12, 29,  8, UPLOAD_CLIENT_VERSION_NEVER_DECREASES",
        "10, 20, 12, 41,  8, UPLOAD_CLIENT_VERSION_IS_A_VERSION_OF_THE_CLIENT",
        " 9, 20, 12, 30,  8, DOWNLOAD_SERVER_VERSION_NEVER_DECREASES",
        "13, 20, 12, 30,  8, DOWNLOAD_SERVER_VERSION_IS_AT_MOST_THE_LATEST",
        "10, 19, 12, 30,  8, DOWNLOAD_CLIENT_VERSION_NEVER_DECREASES",
        "10, 31, 12, 30,  8, DOWNLOAD_CLIENT_VERSION_IS_AT_MOST_THE_UPLOADED",
        "10, 20, 12, 30, 11, DOWNLOAD_SERVER_VERSION_IS_AT_LEAST_THE_UPLOADED",
        "10, 20, 12, 30,  7, UPLOAD_SERVER_VERSION_NEVER_DECREASES",
    })
    void headerThatBreaksARuleIsRefused(
            long downloadServer,
            long downloadClient,
            long latest,
            long uploadClient,
            long uploadServer,
            DownloadRule rule) {
        var next = new DownloadProgress(downloadServer, downloadClient, latest, 99, uploadClient, uploadServer);

        assertThat(broken(download(next))).isEqualTo(rule);
        assertThat(checker.progress()).isEqualTo(PERSISTED);
    }

    @ParameterizedTest
    @CsvSource({
        " 0, 21, 6, ENTRY_HAS_A_SERVER_VERSION",
        "10, 21, 6, ENTRIES_ASCEND",
        "13, 21, 6, ENTRY_IS_AT_MOST_THE_DOWNLOAD_SERVER_VERSION",
        "11, 19, 6, ENTRY_CLIENT_VERSION_NEVER_DECREASES_AND_IS_AT_MOST_THE_HEADERS",
        "11, 26, 6, ENTRY_CLIENT_VERSION_NEVER_DECREASES_AND_IS_AT_MOST_THE_HEADERS",
        "11, 21, 0, ENTRY_IS_OF_ANOTHER_FILE",
        "11, 21, 5, ENTRY_IS_OF_ANOTHER_FILE",
    })
    void entryThatBreaksARuleIsRefused(long serverVersion, long clientVersion, long origin, DownloadRule rule) {
        DownloadProgress next = new DownloadProgress(12, 25, 14, 98, 31, 9);

        assertThat(broken(download(next, entry(serverVersion, clientVersion, origin)))).isEqualTo(rule);
    }

    private DownloadRule broken(ServerMessage.Download message) {
        return catchThrowableOfType(
                        DownloadChecker.BrokenRule.class, () -> checker.accept(message, 40, LIMIT))
                .rule();
    }

    private static ServerMessage.Download download(DownloadProgress progress, DownloadEntry... entries) {
        return ServerMessage.Download.of(1, progress, 0, List.of(entries));
    }

    private static DownloadEntry entry(long serverVersion, long clientVersion, long origin) {
        return new DownloadEntry(serverVersion, clientVersion, 1, origin, 1, new byte[1]);
    }
}
