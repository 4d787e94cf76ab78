// SPDX-License-Identifier: Apache-2.0
package org.openros.launcher;

import java.nio.file.Path;
import java.util.List;
import org.openros.domain.AppId;

/**
 * What {@code ros start} was told.
 *
 * @param host address or name to listen on
 * @param port public port, 0 for any free one
 * @param data folder for everything the server keeps
 * @param apps the app ids that clients may use; empty for any
 */
record ServerSettings(String host, int port, Path data, List<AppId> apps) {
    ServerSettings {
        apps = List.copyOf(apps);
    }

    String appList() {
        return String.join(",", apps.stream().map(AppId::value).toList());
    }
}
