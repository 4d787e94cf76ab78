// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.util.Arrays;
import java.util.List;

/**
 * A restore that was asked for, and the text that names it as the target of a job: its id, the backup, the mode with
 * the suffix, and the paths. None of these has a blank.
 *
 * @param id of the restore: workers know by it what has arrived already
 * @param suffix of the names of new realms; empty unless they are new
 * @param paths of realms, which may end in {@code *}; empty if everything is restored
 */
public record RestoreOrder(BackupId id, BackupId backup, Mode mode, String suffix, List<String> paths) {
    /** Takes a copy. */
    public RestoreOrder {
        paths = List.copyOf(paths);
    }

    /** What becomes of the content. */
    public enum Mode {
        /** It takes the place of what is there, which goes to the trash. */
        REPLACE("replace"),
        /** It gets a new name. */
        AS_NEW("asNew"),
        /** An empty server gets all realms and the metadata. */
        FULL("full");

        private final String text;

        Mode(String text) {
            this.text = text;
        }

        /** The name in requests. */
        public String text() {
            return text;
        }
    }

    /** The order of a target. */
    static RestoreOrder parse(String target) {
        String[] parts = target.split(" ");
        String[] mode = parts[2].split(":", 2);
        return new RestoreOrder(
                new BackupId(parts[0]),
                new BackupId(parts[1]),
                Arrays.stream(Mode.values()).filter(each -> each.text().equals(mode[0])).findFirst().orElseThrow(),
                mode.length < 2 ? "" : mode[1],
                List.of(parts).subList(3, parts.length));
    }

    /** The target of the job. */
    public String target() {
        String how = mode.text() + (suffix.isEmpty() ? "" : ":" + suffix);
        return String.join(" ", id.value(), backup.value(), how)
                + (paths.isEmpty() ? "" : " " + String.join(" ", paths));
    }
}
