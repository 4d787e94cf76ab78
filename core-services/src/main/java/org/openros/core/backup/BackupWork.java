// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openros.core.backup.Manifest.Kind;
import org.openros.core.backup.Manifest.StoredRealm;
import org.openros.core.backup.RealmFile.Whole;
import org.openros.core.directory.Directory;
import org.openros.core.directory.RealmContents;
import org.openros.core.directory.RealmContents.RealmRefusedException;
import org.openros.core.directory.RealmRow;
import org.openros.core.directory.RealmType;
import org.openros.core.job.JobFailedException;
import org.openros.core.job.JobProgress;
import org.openros.core.job.JobWork;
import org.openros.core.job.Jobs;
import org.openros.core.metadata.MetadataStore;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.core.problem.Dates;
import org.openros.domain.GroupId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Makes a backup: the metadata first, then the realms that the directory lists, each as it is at the instant when its
 * turn comes. Begun anew it finds the backup complete, or starts from the beginning in another folder; what the first
 * attempt has left is removed.
 */
public final class BackupWork implements JobWork {
    /** The name of jobs of this kind. */
    public static final String TYPE = "backup";

    private static final Logger LOG = LoggerFactory.getLogger(BackupWork.class);

    private final BackupFolder folder;
    private final Directory directory;
    private final RealmContents contents;
    private final Jobs jobs;
    private final Clock clock;

    /** How long one realm is tried when its group does not answer, or moves it. */
    private final Duration patience;

    BackupWork(
            BackupFolder folder,
            Directory directory,
            RealmContents contents,
            Jobs jobs,
            Clock clock,
            Duration patience) {
        this.folder = folder;
        this.directory = directory;
        this.contents = contents;
        this.jobs = jobs;
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode run(String target, JobProgress progress) throws InterruptedException {
        BackupOrder order = BackupOrder.parse(target);
        try {
            Manifest done = folder.find(order.id());
            if (done == null) {
                folder.sweep(id -> !id.equals(order.id()) && jobs.isActive(TYPE, id.value()));
                done = write(order, progress);
            }
            return result(done);
        } catch (BackupException e) {
            Attempts.requireGoingOn(e);
            LOG.warn("The backup {} has failed: {}", order.id(), e.getMessage());
            throw new JobFailedException(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode result(Manifest manifest) {
        return JsonNodeFactory.instance.objectNode()
                .put("backupId", manifest.id().value())
                .put("realms", manifest.realms())
                .put("bytes", manifest.bytes());
    }

    private Manifest write(BackupOrder order, JobProgress progress) throws InterruptedException {
        Instant start = clock.instant();
        Groups groups = new Groups();
        try (BackupWriter writer = folder.begin(order.id())) {
            writeMetadata(writer, groups);
            long total = meant(order.scope()).count();
            for (RealmRow row : (Iterable<RealmRow>) meant(order.scope())::iterator) {
                writeRealm(writer, groups, row);
                progress.report(Math.min(writer.nextNumber() - 1, total), Math.max(total, 1), "realms");
            }
            return writer.finish((realms, bytes, index) -> new Manifest(
                    Manifest.FORMAT, order.id(), version(), order.scope(), Dates.write(start),
                    Dates.write(clock.instant()), realms, bytes, index));
        }
    }

    private static String version() {
        String version = BackupWork.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private Stream<RealmRow> meant(BackupScope scope) {
        return directory.realms().filter(row -> !row.isDeleted() && scope.has(row));
    }

    private void writeMetadata(BackupWriter writer, Groups groups) throws InterruptedException {
        RealmRow row = new RealmRow(
                MetadataStore.REALM, RealmType.FULL, null, GroupId.DEFAULT, MetadataStore.REALM, 1, false,
                clock.instant());
        store(writer, groups, Kind.METADATA, row, () -> row);
    }

    private void writeRealm(BackupWriter writer, Groups groups, RealmRow row) throws InterruptedException {
        store(writer, groups, Kind.REALM, row, () -> directory.find(row.path()));
    }

    /**
     * How far groups were when the backup began to read from them. Workers that follow give what they have, if that is
     * not older: to wait for the newest would take a moment for each realm.
     */
    private final class Groups {
        private final Map<GroupId, Long> since = new HashMap<>();

        long since(GroupId group) {
            return since.computeIfAbsent(group, contents::now);
        }
    }

    /** Where a realm is now; null if it is no more. */
    private interface Place {
        @Nullable RealmRow find();
    }

    private void store(
            BackupWriter writer, Groups groups, Kind kind, RealmRow first, Place place) throws InterruptedException {
        Attempts attempts = new Attempts(patience);
        while (true) {
            try {
                RealmRow row = place.find();
                if (row == null || row.isDeleted()) {
                    return;
                }
                long since = groups.since(row.group());
                try (InputStream in = contents.read(row.group(), row.store(), since)) {
                    writer.add(stored(writer.nextNumber(), kind, row, writer.write(in)));
                }
                return;
            } catch (IOException | RealmRefusedException | StoreUnavailableException e) {
                if (!attempts.isOneLeft(e)) {
                    throw new JobFailedException(
                            "the realm " + first.path() + " cannot be read: " + e.getMessage());
                }
            }
        }
    }

    private static StoredRealm stored(long number, Kind kind, RealmRow row, Whole whole) {
        String owner = row.owner();
        return new StoredRealm(
                number,
                whole.bytes(),
                whole.sha256(),
                kind,
                row.path().value(),
                row.type().text(),
                owner == null ? "" : owner,
                row.group().value(),
                row.store().value(),
                Dates.write(row.createdAt()),
                whole.end());
    }
}
