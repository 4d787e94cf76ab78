// SPDX-License-Identifier: Apache-2.0
package org.openros.core.backup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.openros.core.directory.RealmRow;

/**
 * Which realms a backup has.
 *
 * @param labels only realms of these groups; all if empty
 * @param paths only realms of these paths, which may end in {@code *}; all if empty
 */
public record BackupScope(List<String> labels, List<String> paths) {
    /** Takes copies. */
    public BackupScope {
        labels = List.copyOf(labels);
        paths = List.copyOf(paths);
    }

    /** Whether these are all realms. */
    @JsonIgnore
    public boolean isAll() {
        return labels.isEmpty() && paths.isEmpty();
    }

    boolean has(RealmRow row) {
        return (labels.isEmpty() || labels.contains(row.group().value()))
                && (paths.isEmpty() || fits(paths, row.path().value()));
    }

    /** Whether a path is one of these, which may end in {@code *}. */
    static boolean fits(List<String> patterns, String path) {
        return patterns.stream().anyMatch(pattern -> pattern.endsWith("*")
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : path.equals(pattern));
    }
}
