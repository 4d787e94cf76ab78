// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.core.backup.Manifest.StoredRealm;
import org.openros.core.backup.RealmFile.Whole;
import org.openros.core.job.JobFailedException;
import org.openros.core.job.JobProgress;
import org.openros.core.job.JobWork;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads all files of a backup and compares them with its manifest. */
public final class VerifyWork implements JobWork {
    /** The name of jobs of this kind. */
    public static final String TYPE = "backup-verify";

    private static final int MOST_TOLD = 20;

    private final BackupFolder folder;

    VerifyWork(BackupFolder folder) {
        this.folder = folder;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public JsonNode run(String target, JobProgress progress) throws InterruptedException {
        try {
            Manifest manifest = folder.find(new BackupId(target));
            if (manifest == null) {
                throw new JobFailedException("there is no such backup");
            }
            return verify(manifest, progress);
        } catch (BackupException e) {
            throw new JobFailedException(String.valueOf(e.getMessage()));
        }
    }

    private JsonNode verify(Manifest manifest, JobProgress progress) throws InterruptedException {
        List<String> damages = new ArrayList<>();
        long[] seen = new long[2];
        folder.realms(manifest, realm -> {
            String damage = damage(folder, manifest.id(), realm);
            if (damage != null) {
                damages.add(damage);
            }
            seen[0]++;
            seen[1] += realm.bytes();
            progress.report(seen[1], Math.max(manifest.bytes(), 1), "bytes");
        });
        if (!damages.isEmpty()) {
            throw new JobFailedException(damages.size() + " of " + seen[0] + " files are damaged: "
                    + String.join("; ", damages.subList(0, Math.min(damages.size(), MOST_TOLD))));
        }
        return JsonNodeFactory.instance.objectNode().put("files", seen[0]).put("bytes", seen[1]);
    }

    /** What is wrong with a file; null if nothing is. */
    static @Nullable String damage(BackupFolder folder, BackupId id, StoredRealm realm) throws InterruptedException {
        try {
            Whole whole = RealmFile.read(folder.file(id, realm), (number, content) -> {});
            return whole.bytes() == realm.bytes() && whole.sha256().equals(realm.sha256())
                    && whole.end().equals(realm.end())
                    ? null
                    : realm.path() + " (file " + realm.number() + "): it is another file than the one that was written";
        } catch (IOException e) {
            return realm.path() + " (file " + realm.number() + "): " + e.getMessage();
        }
    }
}
