// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import java.util.ArrayList;
import java.util.List;

/**
 * A backup that was asked for, and the text that names it as the target of a job: the id, then the groups and the paths
 * with what they are in front. None of these has a blank.
 */
public record BackupOrder(BackupId id, BackupScope scope) {
    private static final String LABEL = "label:";
    private static final String PATH = "path:";

    /** The order of a target. */
    static BackupOrder parse(String target) {
        String[] parts = target.split(" ");
        List<String> labels = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 1; i < parts.length; i++) {
            if (parts[i].startsWith(LABEL)) {
                labels.add(parts[i].substring(LABEL.length()));
            } else {
                paths.add(parts[i].substring(PATH.length()));
            }
        }
        return new BackupOrder(new BackupId(parts[0]), new BackupScope(labels, paths));
    }

    /** The target of the job. */
    public String target() {
        StringBuilder target = new StringBuilder(id.value());
        scope.labels().forEach(label -> target.append(' ').append(LABEL).append(label));
        scope.paths().forEach(path -> target.append(' ').append(PATH).append(path));
        return target.toString();
    }
}
