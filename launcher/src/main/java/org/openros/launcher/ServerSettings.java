// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openros.domain.AppId;

/**
 * What {@code ros start} was told.
 *
 * @param host address or name to listen on
 * @param port public port, 0 for any free one
 * @param data folder for everything the server keeps
 * @param apps the app ids that clients may use; empty for any
 * @param config where settings of the applications lie besides; null for nowhere
 */
record ServerSettings(String host, int port, Path data, List<AppId> apps, @Nullable ConfigFolder config) {
    ServerSettings {
        apps = List.copyOf(apps);
    }

    String appList() {
        return String.join(",", apps.stream().map(AppId::value).toList());
    }
}
