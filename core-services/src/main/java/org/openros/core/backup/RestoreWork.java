// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openros.core.backup.Manifest.Kind;
import org.openros.core.backup.Manifest.StoredRealm;
import org.openros.core.backup.RestoreOrder.Mode;
import org.openros.core.directory.Directory;
import org.openros.core.directory.DirectoryProperties;
import org.openros.core.directory.DirectoryProperties.Group;
import org.openros.core.directory.RealmContents;
import org.openros.core.directory.RealmContents.Arrival;
import org.openros.core.directory.RealmContents.RealmRefusedException;
import org.openros.core.directory.RealmRow;
import org.openros.core.directory.RealmType;
import org.openros.core.job.JobFailedException;
import org.openros.core.job.JobProgress;
import org.openros.core.job.JobWork;
import org.openros.core.metadata.StoreUnavailableException;
import org.openros.domain.GroupId;
import org.openros.domain.Partition;
import org.openros.domain.RealmPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Restores realms of a backup while clients use the server. All files are checked before anything is changed. The
 * content of a realm arrives at its group under a name that no worker ever had; when it is all there, one transaction
 * of the directory makes it the realm of its path, and what was there before goes to the trash. Clients that know more
 * of the old history than the new one has are told to reset by their worker, which sees it from versions and salts; the
 * others go on.
 *
 * <p>Begun anew it finds the realms that were done, and goes on with the one that was arriving.
 */
public final class RestoreWork implements JobWork {
    /** The name of jobs of this kind. */
    public static final String TYPE = "restore";

    private static final Logger LOG = LoggerFactory.getLogger(RestoreWork.class);

    private final BackupFolder folder;
    private final Directory directory;
    private final DirectoryProperties groups;
    private final RealmContents contents;
    private final MetadataRestore metadata;

    /** How long one step is tried when a group does not answer. */
    private final Duration patience;

    RestoreWork(
            BackupFolder folder,
            Directory directory,
            DirectoryProperties groups,
            RealmContents contents,
            MetadataRestore metadata,
            Duration patience) {
        this.folder = folder;
        this.directory = directory;
        this.groups = groups;
        this.contents = contents;
        this.metadata = metadata;
        this.patience = patience;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode run(String target, JobProgress progress) throws InterruptedException {
        RestoreOrder order = RestoreOrder.parse(target);
        try {
            Manifest manifest = folder.find(order.backup());
            if (manifest == null) {
                throw new JobFailedException("there is no such backup");
            }
            return new Run(order, manifest, progress).run();
        } catch (BackupException | RealmRefusedException | StoreUnavailableException e) {
            Attempts.requireGoingOn(e);
            throw new JobFailedException(String.valueOf(e.getMessage()));
        }
    }

    /** One restore. */
    private final class Run {
        private final RestoreOrder order;
        private final Manifest manifest;
        private final JobProgress progress;
        private long total;
        private long done;
        private long realms;

        Run(RestoreOrder order, Manifest manifest, JobProgress progress) {
            this.order = order;
            this.manifest = manifest;
            this.progress = progress;
        }

        JsonNode run() throws InterruptedException {
            if (order.mode() == Mode.FULL && !manifest.scope().isAll()) {
                throw new JobFailedException("the backup has only some of the realms: give paths");
            }
            folder.realms(manifest, realm -> total += isMeant(realm) ? 2 * realm.bytes() : 0);
            folder.realms(manifest, this::check);
            folder.realms(manifest, realm -> {
                if (isMeant(realm) && realm.kind() == Kind.REALM) {
                    restore(realm);
                    realms++;
                }
            });
            if (order.mode() == Mode.FULL) {
                folder.realms(manifest, this::restoreMetadata);
            }
            if (realms == 0 && order.mode() != Mode.FULL) {
                throw new JobFailedException("the backup has no such realm");
            }
            return JsonNodeFactory.instance.objectNode().put("realms", realms);
        }

        private boolean isMeant(StoredRealm realm) {
            return order.mode() == Mode.FULL
                    || (realm.kind() == Kind.REALM && BackupScope.fits(order.paths(), realm.path()));
        }

        /** Nothing has been changed as long as this goes on. */
        private void check(StoredRealm realm) throws InterruptedException {
            if (!isMeant(realm)) {
                return;
            }
            String damage = VerifyWork.damage(folder, manifest.id(), realm);
            if (damage != null) {
                throw new JobFailedException("nothing was restored, for the backup is damaged: " + damage);
            }
            if (realm.kind() == Kind.REALM) {
                RealmRow there = directory.find(path(realm));
                requireFree(there, arrival(realm, there));
            }
            advance(realm.bytes());
        }

        private void advance(long bytes) throws InterruptedException {
            done += bytes;
            progress.report(done, Math.max(total, 1), "bytes");
        }

        private void requireFree(@Nullable RealmRow there, Arrival arrival) {
            if (order.mode() == Mode.AS_NEW && there != null && !there.isDeleted() && !isDone(there, arrival)) {
                throw new JobFailedException("there is a realm " + there.path() + " already: give another suffix");
            }
        }

        private static boolean isDone(@Nullable RealmRow there, Arrival arrival) {
            return there != null && !there.isDeleted() && there.store().equals(arrival.store());
        }

        /** The path that the realm is to have. */
        private RealmPath path(StoredRealm realm) {
            RealmPath path = new RealmPath(realm.path());
            if (order.mode() != Mode.AS_NEW) {
                return path;
            }
            if (!(path.partition() instanceof Partition.Text(String name))) {
                throw new JobFailedException("only realms named by a string can get a new name, not " + path);
            }
            try {
                return RealmPath.of(path.app(), new Partition.Text(name + order.suffix()));
            } catch (IllegalArgumentException e) {
                throw new JobFailedException("the name of " + path + " gets too long");
            }
        }

        private Arrival arrival(StoredRealm realm, @Nullable RealmRow there) {
            RealmRow replaced = replaced(there);
            GroupId group = replaced == null ? group(new GroupId(realm.group())) : replaced.group();
            String name = order.id() + "-" + realm.number();
            return Arrival.of(group, name, order.id().value(), new RealmPath(realm.store()));
        }

        /** The realm whose content changes while it is the same realm to its users; null if there is none. */
        private @Nullable RealmRow replaced(@Nullable RealmRow there) {
            return order.mode() == Mode.REPLACE && there != null && !there.isDeleted() ? there : null;
        }

        /** The group that had it; if there is none of that name here, one that takes new realms. */
        private GroupId group(GroupId before) {
            return groups.groups().stream()
                    .map(Group::name)
                    .filter(before::equals)
                    .findFirst()
                    .orElseGet(() -> groups.groups().stream()
                            .filter(group -> group.weight() > 0)
                            .map(Group::name)
                            .findFirst()
                            .orElse(GroupId.DEFAULT));
        }

        private void restore(StoredRealm realm) throws InterruptedException {
            RealmPath path = path(realm);
            Optional<RealmRow> found = patiently(() -> Optional.ofNullable(directory.find(path)));
            Arrival arrival = arrival(realm, found.orElse(null));
            if (!isDone(found.orElse(null), arrival)) {
                try {
                    arrive(realm, arrival);
                    switchTo(realm, path, arrival);
                } catch (InterruptedException e) {
                    // Otherwise another process goes on with what has arrived.
                    if (progress.isCancelled()) {
                        giveUp(path, arrival);
                    }
                    throw e;
                } catch (RuntimeException e) {
                    giveUp(path, arrival);
                    throw e;
                }
                LOG.info("the realm {} is that of backup {} now", path, manifest.id());
            }
            advance(realm.bytes());
        }

        private void arrive(StoredRealm realm, Arrival arrival) throws InterruptedException {
            long expected = patiently(() -> contents.begin(arrival, realm.end()));
            if (expected < 0) {
                return;
            }
            try {
                RealmFile.read(folder.file(manifest.id(), realm), (number, content) -> {
                    progress.report(done, Math.max(total, 1), "bytes");
                    if (number >= expected) {
                        String digest = RealmFile.hex(content);
                        patiently(() -> {
                            contents.take(arrival, number, content, digest);
                            return number;
                        });
                    }
                });
            } catch (IOException e) {
                throw new JobFailedException("the backup has been damaged meanwhile: " + e.getMessage());
            }
            patiently(() -> {
                contents.settle(arrival, realm.end());
                return arrival;
            });
        }

        private void switchTo(StoredRealm realm, RealmPath path, Arrival arrival) throws InterruptedException {
            boolean done = patiently(() -> {
                RealmRow there = directory.find(path);
                requireFree(there, arrival);
                return directory.replace(row(realm, path, there, arrival));
            });
            if (!done) {
                throw new JobFailedException("the realm " + path + " was changed by others meanwhile: try again");
            }
        }

        private RealmRow row(StoredRealm realm, RealmPath path, @Nullable RealmRow there, Arrival arrival) {
            RealmRow replaced = replaced(there);
            if (replaced != null) {
                return new RealmRow(
                        path, replaced.type(), replaced.owner(), arrival.group(), arrival.store(), 1, false,
                        replaced.createdAt());
            }
            RealmType type = RealmType.named(realm.type());
            return new RealmRow(
                    path,
                    type == null ? RealmType.FULL : type,
                    realm.owner().isEmpty() ? null : realm.owner(),
                    arrival.group(),
                    arrival.store(),
                    1,
                    false,
                    Instant.parse(realm.createdAt()));
        }

        /** What nobody was told of goes. */
        private void giveUp(RealmPath path, Arrival arrival) {
            try {
                if (!isDone(directory.find(path), arrival)) {
                    contents.remove(arrival);
                }
            } catch (StoreUnavailableException e) {
                LOG.warn("{} of group {} is left over from a restore: {}", arrival.store(), arrival.group(),
                        e.getMessage());
            }
        }

        private void restoreMetadata(StoredRealm realm) throws InterruptedException {
            if (realm.kind() != Kind.METADATA) {
                return;
            }
            Arrival arrival = Arrival.of(
                    GroupId.DEFAULT, order.id() + "-metadata", order.id().value(), new RealmPath(realm.store()));
            arrive(realm, arrival);
            patiently(() -> {
                metadata.from(arrival.store());
                contents.remove(arrival);
                return arrival;
            });
            advance(realm.bytes());
        }
    }

    /** Something that can be asked again when nobody has answered. */
    private interface Step<T> {
        T take();
    }

    private <T> T patiently(Step<T> step) throws InterruptedException {
        Attempts attempts = new Attempts(patience);
        while (true) {
            try {
                return step.take();
            } catch (StoreUnavailableException e) {
                if (!attempts.isOneLeft(e)) {
                    throw e;
                }
            }
        }
    }
}
