// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openros.core.directory.Directory;
import org.openros.core.directory.DirectoryProperties;
import org.openros.core.directory.RealmContents;
import org.openros.core.job.JobWork;
import org.openros.core.job.Jobs;
import org.openros.core.metadata.MetadataCopies;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.service.CoreService;
import org.openros.core.service.RunsIn;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Builds backups; where no folder is set, no process takes up jobs about them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackupProperties.class)
@ConditionalOnProperty("ros.backup.folder")
@RunsIn(CoreService.ADMIN)
public class BackupConfiguration {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Bean
    BackupFolder backupFolder(BackupProperties properties, JsonMapper json) {
        Path folder = Objects.requireNonNull(properties.folder());
        return new BackupFolder(folder, properties.reserve().toBytes(), () -> BackupFolder.room(folder), json);
    }

    @Bean
    JobWork backupWork(BackupFolder folder, Directory directory, RealmContents contents, Jobs jobs, Clock clock) {
        return new BackupWork(folder, directory, contents, jobs, clock, PATIENCE);
    }

    @Bean
    JobWork backupVerifyWork(BackupFolder folder) {
        return new VerifyWork(folder);
    }

    @Bean
    MetadataRestore metadataRestore(
            MetadataStore store, ObjectProvider<MetadataCopies> copies, Directory directory) {
        return new MetadataRestore(store, realm -> copies.getObject().at(realm), directory);
    }

    @Bean
    JobWork restoreWork(
            BackupFolder folder,
            Directory directory,
            DirectoryProperties groups,
            RealmContents contents,
            MetadataRestore metadata) {
        return new RestoreWork(folder, directory, groups, contents, metadata, PATIENCE);
    }

    /** When the newest complete backup ended, from the folder, so that every process tells the same. */
    @Bean
    TimeGauge lastBackup(BackupFolder folder, MeterRegistry meters) {
        return lastSuccess(folder, meters, true);
    }

    @Bean
    TimeGauge lastBackupOfAPart(BackupFolder folder, MeterRegistry meters) {
        return lastSuccess(folder, meters, false);
    }

    static TimeGauge lastSuccess(BackupFolder folder, MeterRegistry meters, boolean all) {
        return TimeGauge.builder(
                        "ros.backup.last.success.timestamp", folder, TimeUnit.SECONDS,
                        backups -> backups.list().stream()
                                .filter(manifest -> manifest.scope().isAll() == all)
                                .mapToLong(manifest -> Instant.parse(manifest.endedAt()).getEpochSecond())
                                .max()
                                .orElse(0))
                .tag("scope", all ? "all" : "part")
                .description("when the newest complete backup ended; 0 if there is none")
                .register(meters);
    }
}
