// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.openros.core.directory.ModelServer;
import org.openros.core.job.JobsInMemory;

/** Backups for tests of other packages. */
public final class BackupSamples {
    private BackupSamples() {}

    /** Makes a complete one of a realm {@code news}. */
    public static BackupId complete(BackupFolder folder) throws InterruptedException {
        ModelServer server = new ModelServer();
        server.write("news", "a", "b", "c", "d");
        BackupId id = BackupId.next(Instant.now());
        new BackupWork(
                        folder, server.directory(), server.contents(), JobsInMemory.of(server.store()),
                        Clock.systemUTC(),
                        Duration.ofSeconds(10))
                .run(new BackupOrder(id, new BackupScope(List.of(), List.of())).target(), new Progress());
        return id;
    }
}
